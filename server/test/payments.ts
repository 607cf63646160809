import { standardLayout } from '../src/bank-simulator/layout.ts'
import { openBank, type Bank, type Behaviour } from '../src/bank-simulator/bank.ts'
import type { PaymentBatch } from '@youyu/shared/subsidies/payment-batches'
import type { ReturnFile } from '@youyu/shared/subsidies/bank-returns'
import { runBankWork } from '../src/modules/subsidies/index.ts'
import { systemAccess } from '../src/modules/accounts/index.ts'
import { transaction } from '../src/database/transaction.ts'
import { recompute } from '../src/modules/subsidies/entitlements/index.ts'
import { openAccounts } from '../src/modules/subsidies/payment-accounts/index.ts'
import { fundProgramme } from './funds.ts'
import type { Officer, TestOffice } from './office.ts'
import { bodyOf, furnishPlaces, places } from './register.ts'

export type Treasury = {
  office: TestOffice
  /** Makes batches. */
  clerk: Officer
  /** Checks them. */
  finance: Officer
  bank: Bank
}

/** The day of the tests: half of the year’s months are behind. */
const payDay = '2026-09-20'
export const now = new Date('2026-09-15T10:00:00+08:00')
const county = 371121
const access = { ...systemAccess, county, prefixes: [String(county)] }

/** A county office with funds, and a bank that does as it is told. */
export async function openTreasury(
  office: TestOffice,
  behaviour: Partial<Behaviour> = {},
): Promise<Treasury> {
  office.setNow(now)
  await furnishPlaces(office)
  const [clerk, finance] = await Promise.all([
    office.officer('county_subsidy', places.county),
    office.officer('county_finance', places.county),
  ])
  for (const programme of ['P01', 'P02'])
    await fundProgramme(finance, programme, 2026, {
      CENTRAL: 900_000_000,
      PROVINCE: 900_000_000,
      CITY: 900_000_000,
      COUNTY: 900_000_000,
    })
  return {
    office,
    clerk,
    finance,
    bank: openBank(standardLayout, { failed: 0, ...behaviour }, () => now.getTime()),
  }
}

let serial = 0

/** People who are entitled since January, with accounts verified by the bank, in three villages. */
export async function beneficiariesOf(
  { office }: Pick<Treasury, 'office'>,
  count: number,
  { programme = 'P01', withAccounts = true }: { programme?: string; withAccounts?: boolean } = {},
): Promise<string[]> {
  const from = serial
  serial += count
  const rows = await office.sql<{ id: string; village: string; name: string }>(
    `with drawn as (
       select k, app.derived_id('payee ' || k) as id, (array[$3::text, $4, $5])[1 + (k - $1::int) % 3] as village, '张' || chr(20013 + k) as name
       from generate_series($1::int, $2::int) k
     ), people as (
       insert into persons (county_code, id, name, name_pinyin, name_initials, sex, birth_date, birth_date_precision, id_type, id_number_mask, hukou_division,
         residence_division, residence_status, status, source, recorded_at, updated_at, version)
       select ${county}, id, name, 'zhang', 'z', '2', '1950-05-17', 'D', '01', '990000********' || lpad(k::text, 4, '0'), village, village, '1', 'ACTIVE', 'MANUAL',
         now(), now(), 1 from drawn
     ), entitled as (
       insert into beneficiaries (county_code, id, programme, version_id, person_id, payee_id, level, confirmed_on, from_month, state, division_code,
         updated_at, version, recorded_at)
       select ${county}, app.derived_id('beneficiary ' || k), $6, t.version_id, id, id, '', '2026-01-05', '2026-01-01', 'ACTIVE', village, now(), 1, now()
       from drawn cross join app.programme_terms(${county}, '2026-01-05') t where t.code = $6
       returning id
     )
     select d.id, d.village, d.name from drawn d, (select count(*) from entitled) e order by k`,
    [from, from + count - 1, places.village, places.nextVillage, places.farVillage, programme],
  )
  await transaction(office.db, access, async (tx) => {
    await recompute(tx, access, { kind: 'RATE', cause: 'test', programme }, office.office.now())
    if (withAccounts)
      await openAccounts(
        tx,
        office.office,
        access,
        rows.map(({ id, village, name }, place) => ({
          ...{ payeeId: id, divisionCode: village, bankName: '农商银行', holderName: name },
          ...{ number: `6217${String(from + place).padStart(15, '0')}`, requestedOn: '2026-01-05' },
        })),
        { verifiedBy: '00000000-0000-7000-8000-000000000001', at: office.office.now() },
      )
  })
  return rows.map(({ id }) => id)
}

export async function madeBatch(
  { clerk }: Treasury,
  given: { programme?: string; throughMonth?: string; payOn?: string; layout?: string } = {},
): Promise<PaymentBatch> {
  const body = { programme: 'P01', throughMonth: '2026-09-01', payOn: payDay, ...given }
  return bodyOf<PaymentBatch>(await clerk.post('/api/v1/payment-batches', body), 201)
}

export async function stepped(
  officer: Officer,
  batch: PaymentBatch,
  step: string,
  body?: object,
): Promise<PaymentBatch> {
  const url = `/api/v1/payment-batches/${batch.id}/${step}`
  return bodyOf<PaymentBatch>(await officer.post(url, body, { ifMatch: batch.version }), 201)
}

export async function lockedBatch(treasury: Treasury, given = {}): Promise<PaymentBatch> {
  return await stepped(treasury.clerk, await madeBatch(treasury, given), 'lock')
}

export async function sentBatch(treasury: Treasury, given = {}): Promise<PaymentBatch> {
  const approved = await stepped(treasury.finance, await lockedBatch(treasury, given), 'approval', {})
  const sent = await stepped(treasury.clerk, approved, 'submissions', { channel: 'FILE' })
  await runBankWork(treasury.office.office)
  return sent
}

export async function batchNow({ clerk }: Treasury, id: string): Promise<PaymentBatch> {
  return bodyOf<PaymentBatch>(await clerk.get(`/api/v1/payment-batches/${id}`), 200)
}

export async function bankFile({ clerk }: Treasury, id: string): Promise<Buffer> {
  const answer = await clerk.get(`/api/v1/payment-batches/${id}/bank-file`)
  if (answer.status !== 200) throw new Error(`${answer.status}: ${answer.text}`)
  return Buffer.from(answer.text)
}

export const uploaded = ({ clerk }: Treasury, id: string, content: Buffer | string, name = 'return.csv') =>
  clerk.upload(`/api/v1/payment-batches/${id}/returns`, {}, { name, content })

/** Carries the file to the bank and its return back. */
export async function answered(treasury: Treasury, batch: PaymentBatch): Promise<ReturnFile[]> {
  const receipt = treasury.bank.receive(batch.number, await bankFile(treasury, batch.id))
  if (!('reference' in receipt)) throw new Error(`The bank did not take it: ${JSON.stringify(receipt)}`)
  const files: ReturnFile[] = []
  for (const { name, content } of treasury.bank.returns(batch.number))
    files.push(bodyOf<ReturnFile>(await uploaded(treasury, batch.id, content, name), 201))
  return files
}

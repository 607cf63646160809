import type { Person } from '@youyu/shared/population/persons'
import type { Access } from '../src/access/access.ts'
import { transaction } from '../src/database/transaction.ts'
import { systemAccess } from '../src/modules/accounts/index.ts'
import { activateBeneficiaries } from '../src/modules/subsidies/beneficiaries/index.ts'
import { newId } from '../src/crypto/ids.ts'
import type { TestOffice } from './office.ts'
import { places } from './register.ts'

/** The county office itself, without anybody's session. */
export const countyAccess: Access = { ...systemAccess, county: 371121, prefixes: ['371121'], clearance: 'L2' }

type Confirmed = {
  programme: string
  person: Pick<Person, 'id'>
  payeeId?: string
  level?: string
  claimYear?: number
  on: string
  village?: string
}

/** Confirmed applications, past all their steps, as the reviews leave them. */
export async function confirmed(office: TestOffice, cases: readonly Confirmed[]): Promise<string[]> {
  const ids = cases.map(() => newId())
  for (const [
    index,
    { programme, person, payeeId, level = '', claimYear = 0, on, village },
  ] of cases.entries())
    await office.sql(
      `insert into applications (county_code, id, number, programme, version_id, subject_id, payee_id, applicant_id, channel, claim_year,
         division_code, state, state_since, steps, passed, round, missing, level, filed_on, decided_on, filed_by, town_by, county_by, source,
         recorded_at, updated_at, version)
       select 371121, $1::uuid, $1::uuid::text, $2::text, t.version_id, $3::uuid, $4::uuid, $4::uuid, 'WINDOW', $5, $6, 'CONFIRMED', $7::date, '{COUNTY_CONFIRM}', '{COUNTY_CONFIRM}', 1,
         '{}', $8, $7::date, $7::date, app.derived_id('clerk'), app.derived_id('town'), app.derived_id('county'), 'MANUAL', now(), now(), 1
       from app.programme_terms(371121, $7::date) t where t.code = $2`,
      [
        ids[index],
        programme,
        person.id,
        payeeId ?? person.id,
        claimYear,
        village ?? places.village,
        on,
        level,
      ],
    )
  return ids
}

/** The same, made beneficiaries on their day; the ids of what came of it. */
export async function beneficiariesOf(office: TestOffice, cases: readonly Confirmed[]): Promise<string[]> {
  const ids = await confirmed(office, cases)
  for (const [index, id] of ids.entries())
    await transaction(office.db, countyAccess, (tx) =>
      activateBeneficiaries(tx, countyAccess, [id], cases[index]!.on, office.office.now()),
    )
  const rows = await office.sql<{ id: string }>(
    `select coalesce(b.id, e.id) as id from unnest($1::uuid[]) with ordinality u (id, place)
     left join beneficiaries b on b.application_id = u.id left join event_entitlements e on e.application_id = u.id order by u.place`,
    [ids],
  )
  return rows.map(({ id }) => id)
}

/** Every month that is entitled up to a month, as a batch that the bank has paid; without its account and file. */
export async function paid(office: TestOffice, beneficiaryId: string, through: string): Promise<void> {
  const batch = newId()
  await office.sql(`begin; set local session_replication_role = replica;
    with due as (
      select m.beneficiary_id, m.month, m.amount_fen - coalesce((select sum(i.amount_fen) from payment_item_months i
          where i.beneficiary_id = m.beneficiary_id and i.month = m.month), 0) as fen,
        (select count(*) from payment_item_months i where i.beneficiary_id = m.beneficiary_id and i.month = m.month) as part
      from entitlement_months m where m.beneficiary_id = '${beneficiaryId}' and m.month <= '${through}'
    ),
    item as (
      insert into payment_items (county_code, id, batch_id, seq, beneficiary_id, payee_id, person_id, programme, account_id, account_version,
        account_mask, months, amount_fen, central_fen, province_fen, city_fen, county_fen, township_fen, other_fen, division_code, state)
      select 371121, '${batch}', '${batch}', 1, b.id, b.payee_id, b.person_id, b.programme, '${batch}', 1, '****', 1, s.fen, 0, 0, 0, s.fen, 0, 0,
        b.division_code, 'OPEN'
      from beneficiaries b, (select sum(fen) as fen from due where fen > 0) s where b.id = '${beneficiaryId}'
    ),
    months as (
      insert into payment_item_months (county_code, beneficiary_id, month, part, item_id, amount_fen)
      select 371121, beneficiary_id, month, part, '${batch}', fen from due where fen > 0
    )
    insert into payment_outcomes (county_code, batch_id, seq, nth, file_no, code, bank_code) values (371121, '${batch}', 1, 0, 1, '00', '0000');
    commit`)
}

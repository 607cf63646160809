import type { z } from 'zod'
import type {
  ChangedInfertilityCase,
  InfertilityCase,
  InfertilityCaseRow,
  InfertilityTests,
  listInfertilityCases,
  NewInfertilityCase,
} from '@youyu/shared/contraception/cases'
import type { CivilDate, Id, Page } from '@youyu/shared/values'
import type { Access } from '../../../../access/access.ts'
import { record } from '../../../../audit/index.ts'
import { newId } from '../../../../crypto/ids.ts'
import type { Transaction } from '../../../../database/connect.ts'
import { reading, transaction } from '../../../../database/transaction.ts'
import { assertVersion } from '../../../../http/conditional.ts'
import { keyIn, pageOf } from '../../../../http/paging.ts'
import { todayOf, type Office } from '../../../../office.ts'
import { Refused } from '../../../../refused.ts'
import { careDeed, clientOf, keepClient } from '../../clients/index.ts'
import { tally } from '../../statistics/index.ts'
import * as queries from './queries.ts'

function shownRow(row: queries.CaseRow): InfertilityCaseRow {
  const { clientId, name, sex, birthDate, divisionCode: _, testsCipher: __, ...rest } = row
  return { ...rest, client: { id: clientId, name, sex, birthDate } }
}

function shown({ ciphers }: Office, { county }: Access, row: queries.CaseRow): InfertilityCase {
  const { id, testsCipher } = row
  const tests =
    testsCipher && (JSON.parse(ciphers.clinical.decipher(testsCipher, { county, id })) as InfertilityTests)
  return { ...shownRow(row), tests }
}

type Asked = z.output<(typeof listInfertilityCases)['schema']['querystring']>

export async function listCases(
  office: Office,
  access: Access,
  { limit, cursor, ...filter }: Asked,
): Promise<Page<InfertilityCaseRow>> {
  const after = keyIn(cursor, ['string', 'string'])
  const rows = await reading(office.db, access, (tx) =>
    queries.selectCases(tx, access, filter, after, limit + 1),
  )
  const page = pageOf(rows, limit, shownRow, (row) => [row.openedOn, row.id])
  for (const { client } of page.items)
    office.views.note(access, careDeed(office, client.id, 'view', 'infertility-case'))
  return page
}

export async function readCase(office: Office, access: Access, id: Id): Promise<InfertilityCase> {
  return await transaction(office.db, access, async (tx) => {
    const found = await queries.findCase(tx, access, id)
    if (!found) throw new Refused('not-found')
    await record(tx, access, careDeed(office, found.clientId, 'view', 'infertility-case'), office.now())
    return shown(office, access, found)
  })
}

/** The day of a step must lie between the opening and today; the couple are two people. */
async function check(
  tx: Transaction,
  access: Access,
  row: queries.CaseRecord,
  today: CivilDate,
): Promise<void> {
  if (row.openedOn > today) throw Refused.field('/openedOn', 'invalid-date')
  const { treatedOn, artReferredOn, closedOn } = row
  for (const [name, day] of Object.entries({ treatedOn, artReferredOn, closedOn }))
    if (day !== null && (day < row.openedOn || day > today)) throw Refused.field(`/${name}`, 'invalid-date')
  if ((row.closedOn === null) !== (row.outcome === null)) throw Refused.field('/closedOn', 'required')
  if (row.partnerId === row.clientId) throw Refused.field('/partnerId', 'same-person')
  if (row.partnerId !== null) await clientOf(tx, access, row.partnerId, '/partnerId')
}

function testsOf(
  { ciphers }: Office,
  { county }: Access,
  id: Id,
  tests: InfertilityTests | null,
): Pick<queries.CaseRecord, 'testsCipher' | 'hasSemenAnalysis'> {
  return {
    testsCipher: tests && ciphers.clinical.encipher(JSON.stringify(tests), { county, id }),
    hasSemenAnalysis: (tests?.semen ?? []).length > 0,
  }
}

export async function openCase(
  office: Office,
  access: Access,
  body: NewInfertilityCase,
): Promise<InfertilityCase> {
  const at = office.now()
  return await transaction(office.db, access, async (tx) => {
    const client = await clientOf(tx, access, body.clientId)
    const id = newId(at.getTime())
    const { clientId, openedOn, partnerId = null } = body
    const divisionCode = client.residenceDivision
    const row: queries.CaseRecord = {
      ...{ id, clientId, openedOn, partnerId, divisionCode, outcome: null, closedOn: null },
      hasPartner: partnerId !== null || (body.hasPartner ?? false),
      durationMonths: body.durationMonths ?? null,
      kind: body.kind ?? null,
      icd10: body.icd10 ?? null,
      treatedOn: body.treatedOn ?? null,
      artReferredOn: body.artReferredOn ?? null,
      artReferredTo: body.artReferredTo ?? null,
      ...testsOf(office, access, id, body.tests ?? null),
    }
    await check(tx, access, row, todayOf(at))
    await queries.insertCase(tx, access, row, at)
    await keepClient(tx, access, { clientId, on: openedOn, encounters: 0 })
    const kept = (await queries.findCase(tx, access, id))!
    await tally(tx, access.county, [
      count(access, kept, 'OPENED', 1),
      ...(kept.isComplete ? [count(access, kept, 'COMPLETE', 1)] : []),
    ])
    await record(tx, access, careDeed(office, clientId, 'create', 'infertility-case'), at)
    return shown(office, access, kept)
  })
}

/** Counted in the month in which the file was opened (CON-23). */
function count(access: Access, { openedOn, divisionCode }: queries.CaseRow, item: string, number: number) {
  return {
    on: openedOn,
    facilityId: access.facility!,
    divisionCode,
    measure: 'infertility-case',
    item,
    number,
  }
}

export async function changeCase(
  office: Office,
  access: Access,
  id: Id,
  version: number,
  patch: ChangedInfertilityCase,
): Promise<InfertilityCase> {
  const at = office.now()
  return await transaction(office.db, access, async (tx) => {
    await queries.lockCase(tx, access, id)
    const before = await queries.findCase(tx, access, id)
    if (!before) throw new Refused('not-found')
    assertVersion(version, before.version)
    const { tests, ...fields } = patch
    const after = {
      ...before,
      ...fields,
      ...(tests !== undefined && testsOf(office, access, id, tests)),
    } as queries.CaseRow
    if (after.partnerId !== null) after.hasPartner = true
    await check(tx, access, after, todayOf(at))
    await queries.updateCase(tx, access, after, at)
    const kept = (await queries.findCase(tx, access, id))!
    if (kept.isComplete !== before.isComplete)
      await tally(tx, access.county, [count(access, kept, 'COMPLETE', kept.isComplete ? 1 : -1)])
    const changed = { fields: Object.keys(patch) }
    await record(tx, access, careDeed(office, before.clientId, 'change', 'infertility-case', changed), at)
    return shown(office, access, kept)
  })
}

import type { z } from 'zod'
import type {
  ChangedRtiCase,
  listRtiCases,
  NewRtiCase,
  RtiCase,
  RtiCaseRow,
} from '@youyu/shared/contraception/cases'
import type { FindingKind } from '@youyu/shared/contraception/check-codes'
import type { CivilDate, DivisionCode, Id, Page } from '@youyu/shared/values'
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
import { assertCourse, firstStatus, isClosed } from './rules.ts'

function shownRow({
  clientId,
  name,
  sex,
  birthDate,
  noteCipher: _,
  divisionCode: __,
  ...row
}: queries.CaseRow): RtiCaseRow {
  return { ...row, client: { id: clientId, name, sex, birthDate } }
}

function shown({ ciphers }: Office, { county }: Access, row: queries.CaseRow): RtiCase {
  const { id, noteCipher } = row
  return { ...shownRow(row), note: noteCipher && ciphers.clinical.decipher(noteCipher, { county, id }) }
}

type Asked = z.output<(typeof listRtiCases)['schema']['querystring']>

export async function listCases(
  office: Office,
  access: Access,
  { limit, cursor, ...filter }: Asked,
): Promise<Page<RtiCaseRow>> {
  const after = keyIn(cursor, ['string', 'string'])
  const rows = await reading(office.db, access, (tx) =>
    queries.selectCases(tx, access, filter, after, limit + 1),
  )
  const page = pageOf(rows, limit, shownRow, (row) => [row.diagnosedOn, row.id])
  for (const { client } of page.items)
    office.views.note(access, careDeed(office, client.id, 'view', 'rti-case'))
  return page
}

export async function readCase(office: Office, access: Access, id: Id): Promise<RtiCase> {
  return await transaction(office.db, access, async (tx) => {
    const found = await queries.findCase(tx, access, id)
    if (!found) throw new Refused('not-found')
    await record(tx, access, careDeed(office, found.clientId, 'view', 'rti-case'), office.now())
    return shown(office, access, found)
  })
}

export async function openCase(office: Office, access: Access, body: NewRtiCase): Promise<RtiCase> {
  const at = office.now()
  const { clientId, diagnosedOn, icd10, note } = body
  return await transaction(office.db, access, async (tx) => {
    const client = await clientOf(tx, access, clientId)
    if (diagnosedOn > todayOf(at) || diagnosedOn < client.birthDate)
      throw Refused.field('/diagnosedOn', 'invalid-date')
    const id = newId(at.getTime())
    const cell = { county: access.county, id }
    const opened = await queries.insertCases(
      tx,
      access,
      [
        {
          ...{
            id,
            findingId: null,
            clientId,
            diagnosedOn,
            icd10,
            status: 'OPEN',
            treatedOn: null,
            closedOn: null,
          },
          divisionCode: client.residenceDivision,
          note: note === undefined ? null : office.ciphers.clinical.encipher(note, cell).toString('base64'),
        },
      ],
      at,
    )
    if (opened.length === 0) throw new Refused('already-exists')
    await keepClient(tx, access, { clientId, on: diagnosedOn, encounters: 0 })
    await tally(tx, access.county, [counted(access, client.residenceDivision, diagnosedOn, 'OPENED')])
    await record(tx, access, careDeed(office, clientId, 'create', 'rti-case'), at)
    return shown(office, access, (await queries.findCase(tx, access, id))!)
  })
}

const counted = (access: Access, divisionCode: DivisionCode, on: CivilDate, item: string) => ({
  ...{ on, facilityId: access.facility!, divisionCode, measure: 'rti-case', item },
})

export async function changeCase(
  office: Office,
  access: Access,
  id: Id,
  version: number,
  patch: ChangedRtiCase,
): Promise<RtiCase> {
  const at = office.now()
  const today = todayOf(at)
  return await transaction(office.db, access, async (tx) => {
    await queries.lockCase(tx, access, id)
    const before = await queries.findCase(tx, access, id)
    if (!before) throw new Refused('not-found')
    assertVersion(version, before.version)
    const after = { ...before, ...patch } as queries.CaseRow
    if (isClosed(after.status) && after.closedOn === null) after.closedOn = today
    assertCourse(after, today)
    const cell = { county: access.county, id }
    const noteCipher =
      patch.note === undefined
        ? before.noteCipher
        : patch.note === null
          ? null
          : office.ciphers.clinical.encipher(patch.note, cell)
    await queries.updateCase(tx, access, id, { ...after, noteCipher }, at)
    const fields = Object.keys(patch)
    await record(tx, access, careDeed(office, before.clientId, 'change', 'rti-case', { fields }), at)
    return shown(office, access, (await queries.findCase(tx, access, id))!)
  })
}

export type FoundInfection = {
  id: Id
  kind: FindingKind
  clientId: Id
  divisionCode: DivisionCode
  occurredOn: CivilDate
  icd10: string
  treatment: string
  treatedOn: CivilDate | null
}

/** What a check-up found of infections of the reproductive tract becomes a case, to be followed to the cure. */
export async function openCasesOf(
  tx: Transaction,
  access: Access,
  found: readonly FoundInfection[],
  at: Date,
): Promise<Id[]> {
  const cases = found
    .filter(({ kind }) => kind === 'RTI')
    .map(
      ({
        id: findingId,
        clientId,
        divisionCode,
        occurredOn,
        icd10,
        treatment,
        treatedOn,
      }): queries.NewCase => {
        const status = firstStatus(treatment)
        return {
          ...{
            id: newId(at.getTime()),
            findingId,
            clientId,
            divisionCode,
            diagnosedOn: occurredOn,
            icd10,
            status,
          },
          ...{ treatedOn, closedOn: isClosed(status) ? occurredOn : null, note: null },
        }
      },
    )
  if (cases.length === 0) return []
  const opened = await queries.insertCases(tx, access, cases, at)
  await tally(
    tx,
    access.county,
    cases
      .filter(({ id }) => opened.includes(id))
      .map(({ divisionCode, diagnosedOn }) => counted(access, divisionCode, diagnosedOn, 'OPENED')),
  )
  return opened
}

export async function voidCasesOf(
  tx: Transaction,
  access: Access,
  ids: readonly Id[],
  reason: string,
  at: Date,
): Promise<void> {
  if (ids.length === 0) return
  const cases = await Promise.all(ids.map((id) => queries.findCase(tx, access, id)))
  await queries.voidCases(tx, access, ids, reason, at)
  await tally(
    tx,
    access.county,
    cases.flatMap((each) =>
      each ? [{ ...counted(access, each.divisionCode, each.diagnosedOn, 'OPENED'), number: -1 }] : [],
    ),
  )
}

import type { z } from 'zod'
import type {
  CheckResult,
  CheckVisit,
  CheckVisitRow,
  listCheckVisits,
  NewCheckVisit,
} from '@youyu/shared/contraception/visits'
import type { Id, Page } from '@youyu/shared/values'
import type { Access } from '../../../access/access.ts'
import { record } from '../../../audit/index.ts'
import type { Transaction } from '../../../database/connect.ts'
import { reading, transaction } from '../../../database/transaction.ts'
import { keyIn, pageOf } from '../../../http/paging.ts'
import type { Office } from '../../../office.ts'
import { Refused } from '../../../refused.ts'
import { voidCasesOf } from '../cases/index.ts'
import { careDeed } from '../clients/index.ts'
import { tally } from '../statistics/index.ts'
import * as queries from './queries.ts'
import { countedOf, recordCheck } from './recording.ts'

function shownRow(row: queries.VisitRow): CheckVisitRow {
  const { clientId, name, sex, birthDate, voidedAt, ...rest } = row
  return {
    ...rest,
    client: { id: clientId, name, sex, birthDate },
    voidedAt: voidedAt?.toISOString() ?? null,
  }
}

type Asked = z.output<(typeof listCheckVisits)['schema']['querystring']>

export async function listVisits(
  office: Office,
  access: Access,
  { limit, cursor, ...filter }: Asked,
): Promise<Page<CheckVisitRow>> {
  const after = keyIn(cursor, ['string', 'string'])
  const rows = await reading(office.db, access, (tx) =>
    queries.selectVisits(tx, access, { ...filter, after, limit: limit + 1 }),
  )
  const page = pageOf(rows, limit, shownRow, (row) => [row.occurredOn, row.id])
  for (const { client } of page.items)
    office.views.note(access, careDeed(office, client.id, 'view', 'check-visit'))
  return page
}

/** Every look at results is recorded in its transaction. */
export async function readVisit(office: Office, access: Access, id: Id): Promise<CheckVisit> {
  return await transaction(office.db, access, async (tx) => {
    const visit = await visitOf(tx, office, access, id)
    const fields = ['result', 'findings']
    await record(
      tx,
      access,
      careDeed(office, visit.client.id, 'view', 'check-visit', { fields }),
      office.now(),
    )
    return visit
  })
}

async function visitOf(tx: Transaction, office: Office, access: Access, id: Id): Promise<CheckVisit> {
  const visit = await queries.findVisit(tx, access, id)
  if (!visit) throw new Refused('not-found')
  const findings = await queries.selectFindings(tx, access, id)
  const { county } = access
  const { clinical } = office.ciphers
  const {
    clientId,
    name,
    sex,
    birthDate,
    voidedAt,
    recordedAt,
    venueDivision,
    venueName,
    resultCipher,
    ...rest
  } = visit
  const { facilityId: _, divisionCode: __, invitationId: ___, ...told } = rest
  return {
    ...told,
    client: { id: clientId, name, sex, birthDate },
    voidedAt: voidedAt?.toISOString() ?? null,
    recordedAt: recordedAt.toISOString(),
    venue: venueDivision === null ? null : { code: venueDivision, name: venueName ?? venueDivision },
    result: resultCipher && (JSON.parse(clinical.decipher(resultCipher, { county, id })) as CheckResult),
    findings: findings.map(({ noteCipher, ...finding }) => ({
      ...finding,
      note: noteCipher && clinical.decipher(noteCipher, { county, id: finding.id }),
    })),
  }
}

export async function recordVisit(office: Office, access: Access, body: NewCheckVisit): Promise<CheckVisit> {
  return await transaction(office.db, access, async (tx) => {
    const { id } = await recordCheck(tx, office, access, body, office.now())
    return await visitOf(tx, office, access, id)
  })
}

export async function voidOne(office: Office, access: Access, id: Id, reason: string): Promise<CheckVisit> {
  const at = office.now()
  return await transaction(office.db, access, async (tx) => {
    const visit = await queries.findVisit(tx, access, id)
    if (!visit?.isMine) throw new Refused('not-found')
    const findings = await queries.selectFindings(tx, access, id)
    if (!(await queries.voidVisit(tx, access, id, reason, at))) throw new Refused('conflict')
    const { clientId, sessionId, divisionCode: residenceDivision, sex } = visit
    if (sessionId) await queries.countAttendance(tx, access, { sessionId, clientId, visitId: id }, -1, at)
    await voidCasesOf(
      tx,
      access,
      findings.flatMap(({ caseId }) => caseId ?? []),
      reason,
      at,
    )
    await tally(
      tx,
      access.county,
      countedOf(access.facility!, { sex, residenceDivision }, visit, findings, -1),
    )
    await record(
      tx,
      access,
      careDeed(office, clientId, 'correct', 'check-visit', { fields: ['void'], reason }),
      at,
    )
    return await visitOf(tx, office, access, id)
  })
}

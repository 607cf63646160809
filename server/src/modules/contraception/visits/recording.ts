import { findingKindOf, type FindingKind } from '@youyu/shared/contraception/check-codes'
import type { NewCheckVisit } from '@youyu/shared/contraception/visits'
import type { Id } from '@youyu/shared/values'
import type { Access } from '../../../access/access.ts'
import { record } from '../../../audit/index.ts'
import { newId } from '../../../crypto/ids.ts'
import type { Transaction } from '../../../database/connect.ts'
import { todayOf, type Office } from '../../../office.ts'
import { Refused } from '../../../refused.ts'
import { openCasesOf } from '../cases/index.ts'
import { careDeed, clientOf, keepClient } from '../clients/index.ts'
import { closeOffers } from '../offers/index.ts'
import { tally, type Counted } from '../statistics/index.ts'
import * as queries from './queries.ts'
import { assertPossible } from './rules.ts'

type RecordedCheck = { id: Id; caseIds: Id[]; invitationId: Id | null }

/** A check-up with what was found: its invitation is answered, an infection opens its case, everything is counted. */
export async function recordCheck(
  tx: Transaction,
  office: Office,
  access: Access,
  body: NewCheckVisit & { encounterId?: Id | undefined },
  at: Date,
): Promise<RecordedCheck> {
  const today = todayOf(at)
  const client = await clientOf(tx, access, body.clientId)
  assertPossible(body, client, today)
  const venueDivision = await venueOf(tx, access, body)
  const { clientId, occurredOn, place, items, findings = [] } = body
  const id = newId(at.getTime())
  const county = access.county
  const divisionCode = client.residenceDivision
  const [sessionId, programme] = [body.sessionId ?? null, body.programme ?? null]
  const attended = await queries.markAttended(tx, access, { clientId, occurredOn, sessionId, programme }, at)
  const found = findings.map((finding): queries.NewFindingRow => {
    const findingId = newId(at.getTime())
    const note = finding.note
      ? office.ciphers.clinical.encipher(finding.note, { county, id: findingId }).toString('base64')
      : null
    const kind = findingKindOf(finding.icd10)
    const { icd10, treatment, treatedOn = null, referredTo = null } = finding
    return {
      ...{
        id: findingId,
        visitId: id,
        clientId,
        divisionCode,
        occurredOn,
        icd10,
        kind,
        treatment,
        referredTo,
        note,
      },
      treatedOn: treatment === 'TREATED' ? (treatedOn ?? occurredOn) : treatedOn,
    }
  })
  const invitationId = attended[0]?.id ?? null
  await queries.insertVisit(
    tx,
    access,
    {
      ...{
        id,
        clientId,
        divisionCode,
        occurredOn,
        place,
        venueDivision,
        sessionId,
        programme,
        items,
        invitationId,
      },
      outreachId: body.outreachId ?? null,
      encounterId: body.encounterId ?? null,
      infectionConsent: body.infectionConsent ?? false,
      hasFinding: found.length > 0,
      isTreated: found.some(({ treatment }) => treatment === 'TREATED'),
      resultCipher:
        body.result === undefined
          ? null
          : office.ciphers.clinical.encipher(JSON.stringify(body.result), { county, id }),
    },
    at,
  )
  if (found.length > 0) await queries.insertFindings(tx, access, found, at)
  if (sessionId) await queries.countAttendance(tx, access, { sessionId, clientId, visitId: id }, 1, at)
  const offerIds = attended.flatMap(({ offerId }) => offerId ?? [])
  await closeOffers(tx, access, { offerIds, closing: 'DONE' }, at)
  const caseIds = await openCasesOf(tx, access, found, at)
  await keepClient(tx, access, { clientId, on: occurredOn, encounters: 0 })
  await tally(tx, county, countedOf(access.facility!, client, { occurredOn, programme, items }, found))
  await record(tx, access, careDeed(office, clientId, 'create', 'check-visit'), at)
  return { id, caseIds, invitationId }
}

async function venueOf(tx: Transaction, access: Access, body: NewCheckVisit): Promise<string | null> {
  const { sessionId, outreachId, programme, venueDivision = null } = body
  if (programme && !(await queries.hasProgramme(tx, access, programme)))
    throw Refused.field('/programme', 'invalid-code-value')
  if (outreachId && !(await queries.isOutreachOf(tx, access, outreachId)))
    throw Refused.field('/outreachId', 'not-found')
  if (!sessionId) return venueDivision
  const session = await queries.findSessionVenue(tx, access, sessionId)
  if (!session) throw Refused.field('/sessionId', 'not-found')
  if (session.status !== 'PLANNED' && session.status !== 'HELD')
    throw Refused.field('/sessionId', 'session-closed')
  return session.divisionCode
}

type Person = { sex: string; residenceDivision: string }
type Done = { occurredOn: string; programme: string | null; items: readonly string[] }
type Found = { kind: FindingKind; treatment: string }

/** What a check-up adds to the counts; with −1 it takes them back. */
export function countedOf(
  facilityId: Id,
  { sex, residenceDivision: divisionCode }: Person,
  { occurredOn: on, programme, items }: Done,
  found: readonly Found[],
  number: 1 | -1 = 1,
): Counted[] {
  const each = (measure: string, item: string): Counted => ({
    ...{ on, facilityId, divisionCode, measure, item, number },
  })
  const kinds = [...new Set(found.map(({ kind }) => kind))]
  const treated = [
    ...new Set(found.filter(({ treatment }) => treatment === 'TREATED').map(({ kind }) => kind)),
  ]
  return [
    each('check', programme ?? 'NONE'),
    each('check-sex', sex),
    ...items.map((item) => each('check-item', item)),
    ...(found.length > 0 ? [each('check-found', 'ANY')] : []),
    ...(treated.length > 0 ? [each('check-treated', 'ANY')] : []),
    ...kinds.map((kind) => each('check-found', kind)),
    ...treated.map((kind) => each('check-treated', kind)),
  ]
}

import type { CarePreview } from '@youyu/shared/contraception/care-preview'
import type { EncounterCorrection } from '@youyu/shared/contraception/encounters'
import type { Id } from '@youyu/shared/values'
import type { Access } from '../../../access/access.ts'
import { record } from '../../../audit/index.ts'
import { newId } from '../../../crypto/ids.ts'
import type { Transaction } from '../../../database/connect.ts'
import { todayOf, type Office } from '../../../office.ts'
import { Refused } from '../../../refused.ts'
import { careDeed, keepClient } from '../clients/index.ts'
import { lockEpisode, settleMethods, settledChanges, sourceOf, voidMethod } from '../episodes/index.ts'
import { planFollowUp } from '../follow-up/index.ts'
import { voidProcedureIn } from '../procedures/index.ts'
import { tally, type Counted } from '../statistics/index.ts'
import { annulGiven } from '../supplies/index.ts'
import { noteIn, partsOf } from './encounter-row.ts'
import { findEncounter, findExpert, insertEncounter, updateVoided, type ReadEncounter } from './queries.ts'

type Done = { id: Id } & CarePreview

async function standing(tx: Transaction, access: Access, id: Id): Promise<ReadEncounter> {
  const encounter = await findEncounter(tx, access, id)
  if (!encounter) throw new Refused('not-found')
  if (encounter.voidedAt) throw new Refused('conflict')
  return encounter
}

/** What is counted of a visit; −1 takes it back. */
function countedOf(
  access: Access,
  { occurredOn: on, divisionCode, place, clientSex }: ReadEncounter,
  number: 1 | -1,
): Counted[] {
  const where = { on, facilityId: access.facility as Id, divisionCode, number }
  return [
    { ...where, measure: 'encounter', item: place },
    ...(clientSex ? [{ ...where, measure: 'encounter-sex', item: clientSex }] : []),
  ]
}

/** The visit itself was told wrongly: its parts stay as they are. */
export async function correctEncounterIn(
  tx: Transaction,
  office: Office,
  access: Access,
  id: Id,
  { set, reason }: EncounterCorrection,
  at: Date,
): Promise<Done> {
  const before = await standing(tx, access, id)
  const { county } = access
  const now = newId(at.getTime())
  const occurredOn = set.occurredOn ?? before.occurredOn
  const place = set.place ?? before.place
  const outreachId = set.outreachId === undefined ? before.outreachId : set.outreachId
  const expertId = set.expertId === undefined ? before.expertId : set.expertId
  const note = set.note === undefined ? noteIn(office, access, before) : set.note
  const next =
    set.nextContact === undefined
      ? { on: before.nextContactOn, mode: before.nextContactMode }
      : (set.nextContact ?? { on: null, mode: null })
  if (occurredOn > todayOf(at)) throw Refused.field('/set/occurredOn', 'invalid-date')
  if (next.on && next.on < occurredOn) throw Refused.field('/set/nextContact/on', 'invalid-date')
  if (outreachId && place !== 'OUTREACH') throw Refused.field('/set/outreachId', 'invalid-value')
  if (set.expertId && !(await findExpert(tx, set.expertId, occurredOn)))
    throw Refused.field('/set/expertId', 'operator-not-licensed')
  const isVoided = await updateVoided(tx, access, id, { reason, at })
  if (!isVoided) throw new Refused('conflict')
  await Promise.all([
    insertEncounter(tx, {
      countyCode: county,
      id: now,
      clientId: before.clientId,
      facilityId: access.facility as Id,
      divisionCode: before.divisionCode,
      ...{ occurredOn, place, outreachId, expertId },
      sessionId: set.sessionId === undefined ? before.sessionId : set.sessionId,
      checklist: set.checklist ?? before.checklist,
      ...partsOf(before),
      nextContactOn: next.on,
      nextContactMode: next.mode,
      noteCipher: note === null ? null : office.ciphers.clinical.encipher(note, { county, id: now }),
      recordedAt: at,
      recordedBy: access.actorId,
      source: sourceOf(access),
      replaces: id,
    }),
    keepClient(tx, access, { clientId: before.clientId, on: occurredOn, encounters: 0 }),
    tally(tx, county, [
      ...countedOf(access, before, -1),
      ...countedOf(access, { ...before, occurredOn, place }, 1),
    ]),
    record(
      tx,
      access,
      careDeed(office, before.clientId, 'correct', 'encounter', { fields: Object.keys(set) }),
      at,
    ),
  ])
  const told = { entity: 'encounter' as const, id: now, field: 'occurredOn', before: before.occurredOn }
  return { id: now, changes: [{ ...told, after: occurredOn }], findings: [] }
}

/** A visit that never was; with the method and procedure told in it where they never were either. */
export async function voidEncounterIn(
  tx: Transaction,
  office: Office,
  access: Access,
  id: Id,
  { reason, withParts }: { reason: string; withParts: boolean },
  at: Date,
): Promise<Done> {
  const before = await standing(tx, access, id)
  const { clientId } = before
  if (!(await updateVoided(tx, access, id, { reason, at }))) throw new Refused('conflict')
  const parts = withParts
    ? [
        ...(await voidParts(tx, office, access, before, { reason, at })),
        ...(await annulGiven(tx, access, before.dispensingIds, reason, at)).map(takenBack),
      ]
    : []
  await Promise.all([
    keepClient(tx, access, { clientId, on: before.occurredOn, encounters: -1 }),
    tally(tx, access.county, countedOf(access, before, -1)),
    record(tx, access, careDeed(office, clientId, 'correct', 'encounter', { fields: ['void'] }), at),
    planFollowUp(tx, access, { clientIds: [clientId] }, at),
  ])
  const told = {
    entity: 'encounter' as const,
    id,
    field: 'occurredOn',
    before: before.occurredOn,
    after: null,
  }
  return { id, changes: [told, ...parts], findings: [] }
}

const takenBack = (id: string) => ({
  ...{ entity: 'dispensing' as const, id, field: 'voided' },
  ...{ before: null, after: null },
})

async function voidParts(
  tx: Transaction,
  office: Office,
  access: Access,
  { procedureId, episodeId, clientId }: ReadEncounter,
  { reason, at }: { reason: string; at: Date },
): Promise<CarePreview['changes']> {
  if (procedureId) return (await voidProcedureIn(tx, office, access, procedureId, { reason }, at)).changes
  const episode = episodeId ? await lockEpisode(tx, access, episodeId) : undefined
  if (!episode || episode.voidedAt) return []
  await voidMethod(tx, access, episode, { reason, at })
  return settledChanges(await settleMethods(tx, access, clientId, []))
}

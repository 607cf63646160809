import type { z } from 'zod'
import { maskName } from '@youyu/shared/population/masking'
import type {
  answerFamilyOffer,
  assignContact,
  ContactCandidate,
  FamilyCoverage,
  listSpecialFamilies,
  NewFamilyService,
  NewSpecialFamily,
  RevealedFamily,
  SpecialFamily,
  SpecialFamilyRow,
} from '@youyu/shared/subsidies/special-families'
import type { CivilDate, Id, Page, Purpose } from '@youyu/shared/values'
import { covers, type Access } from '../../../access/access.ts'
import { record } from '../../../audit/index.ts'
import { newId } from '../../../crypto/ids.ts'
import type { Transaction } from '../../../database/connect.ts'
import { insertRow } from '../../../database/statements.ts'
import { reading, transaction } from '../../../database/transaction.ts'
import { keyIn, pageOf } from '../../../http/paging.ts'
import { todayOf, type Office } from '../../../office.ts'
import { Refused } from '../../../refused.ts'
import { applyFor } from './applying.ts'
import * as writing from './queries-writing.ts'
import * as queries from './queries.ts'
import { daysAfter, mayAskOn, offersTo } from './rules.ts'

function shownRow(family: queries.FamilyRecord): SpecialFamilyRow {
  const { id, number, kind, eventOn, state, names, divisionCode, divisionName } = family
  const { hasTownshipContact, hasVillageContact, withDoctor, withChannel, insured } = family
  return {
    ...{ id, number, kind, eventOn, state, members: names.map(maskName) },
    place: { code: divisionCode, name: divisionName },
    ...{ hasTownshipContact, hasVillageContact, withDoctor, withChannel, insured },
    ...{ lastVisitOn: family.lastVisitOn, version: family.version },
  }
}

export const deedOf = (
  { id, divisionCode }: Pick<queries.FamilyRecord, 'id' | 'divisionCode'>,
  action: 'view' | 'create' | 'change' | 'correct' | 'reveal',
  fields: readonly string[] = [],
) => ({ action, entity: 'special-family', entityId: id, division: divisionCode, fields })

type Asked = z.output<(typeof listSpecialFamilies)['schema']['querystring']>

export async function listFamilies(
  office: Office,
  access: Access,
  { limit, cursor, ...filter }: Asked,
): Promise<Page<SpecialFamilyRow>> {
  const after = keyIn(cursor, ['string', 'string'])
  const today = todayOf(office.now())
  const rows = await reading(office.db, access, (tx) =>
    queries.selectFamilies(tx, access, filter, today, after, limit + 1),
  )
  return pageOf(rows, limit, shownRow, (row) => [row.divisionCode, row.id])
}

async function told(tx: Transaction, office: Office, access: Access, id: Id): Promise<SpecialFamily> {
  const family = await queries.findFamily(tx, access, id, todayOf(office.now()))
  if (!family) throw new Refused('not-found')
  const { people, ...parts } = await queries.selectParts(tx, access.county, id)
  const { source, identifiedOn, firstVisitOn, consentOn, consentEvidence, openedOn, closedOn, closeReason } =
    family
  return {
    ...shownRow(family),
    ...{ source, identifiedOn, firstVisitOn, consentOn, consentEvidence, openedOn, closedOn, closeReason },
    people: people.map((member) => ({ ...member, name: maskName(member.name) })),
    ...parts,
  }
}

export async function readFamily(office: Office, access: Access, id: Id): Promise<SpecialFamily> {
  const family = await reading(office.db, access, (tx) => told(tx, office, access, id))
  office.views.note(access, deedOf({ id, divisionCode: family.place.code }, 'view'))
  return family
}

/** 发现: the place is where the first of its people has her hukou. */
export async function identify(
  office: Office,
  access: Access,
  { people, ...body }: NewSpecialFamily,
): Promise<{ id: Id; number: string }> {
  const at = office.now()
  const id = newId(at.getTime())
  const number = `TS${body.identifiedOn.slice(0, 4)}-${id.slice(-8).toUpperCase()}`
  if (body.identifiedOn > todayOf(at)) throw Refused.field('/identifiedOn', 'invalid-date')
  if (body.eventOn > body.identifiedOn) throw Refused.field('/eventOn', 'invalid-date')
  return await transaction(office.db, access, async (tx) => {
    const wanted = [...new Set(people)]
    const found = await writing.findPeople(tx, access, [...wanted, ...(body.childId ? [body.childId] : [])])
    const known = new Map(found.map((person) => [person.id, person]))
    wanted.forEach((person, index) => {
      if (!known.has(person)) throw Refused.field(`/people/${index}`, 'not-found')
    })
    if (body.childId && (!known.has(body.childId) || wanted.includes(body.childId)))
      throw Refused.field('/childId', 'not-found')
    const division = known.get(wanted[0]!)!.hukouDivision
    if (!covers(access.prefixes, division)) throw Refused.field('/people/0', 'out-of-area')
    const members = wanted.map((personId) => ({ id: newId(at.getTime()), personId }))
    await writing.insertFamily(tx, access, { ...body, id, number, division }, members, at)
    await record(tx, access, deedOf({ id, divisionCode: division }, 'create'), at)
    return { id, number }
  })
}

/** A change of a family in anybody's care: locked, told to the log, and answered whole. */
async function changing(
  office: Office,
  access: Access,
  id: Id,
  field: string,
  work: (tx: Transaction, family: queries.FamilyRecord, at: Date) => Promise<void>,
): Promise<SpecialFamily> {
  const at = office.now()
  return await transaction(office.db, access, async (tx) => {
    await writing.updateFamily(tx, access.county, id, {}, at)
    const family = await queries.findFamily(tx, access, id, todayOf(at))
    if (!family) throw new Refused('not-found')
    if (family.closedOn !== null) throw new Refused('family-closed')
    await work(tx, family, at)
    await record(tx, access, deedOf(family, 'change', [field]), at)
    return await told(tx, office, access, id)
  })
}

function assertPast(day: CivilDate, pointer: string, at: Date): void {
  if (day > todayOf(at)) throw Refused.field(pointer, 'invalid-date')
}

type Assigned = z.output<(typeof assignContact)['schema']['body']>

export async function assign(office: Office, access: Access, id: Id, body: Assigned): Promise<SpecialFamily> {
  const { tier, userId, fromOn } = body
  return await changing(office, access, id, 'contacts', async (tx, family, at) => {
    assertPast(fromOn, '/fromOn', at)
    const asked = { division: family.divisionCode, tier, userId }
    const [candidate] = await queries.selectCandidates(tx, access, asked, at)
    if (!candidate) throw Refused.field('/userId', 'not-found')
    await writing.endContact(tx, access.county, id, tier, daysAfter(fromOn, -1))
    await insertRow(tx, 'support_contacts', {
      ...{
        countyCode: access.county,
        id: newId(at.getTime()),
        familyId: id,
        divisionCode: family.divisionCode,
      },
      ...{ tier, userId, fromOn, assignedAt: at, assignedBy: access.actorId },
    })
  })
}

export async function listCandidates(
  office: Office,
  access: Access,
  id: Id,
  tier: 'TOWNSHIP' | 'VILLAGE',
): Promise<{ items: ContactCandidate[] }> {
  const at = office.now()
  return await reading(office.db, access, async (tx) => {
    const family = await queries.findFamily(tx, access, id, todayOf(at))
    if (!family) throw new Refused('not-found')
    const asked = { division: family.divisionCode, tier }
    const found = await queries.selectCandidates(tx, access, asked, at)
    return { items: found.map(({ code, place, ...rest }) => ({ ...rest, place: { code, name: place } })) }
  })
}

export async function consent(
  office: Office,
  access: Access,
  id: Id,
  { consentOn, evidence }: { consentOn: CivilDate; evidence: string },
): Promise<SpecialFamily> {
  return await changing(office, access, id, 'consent', async (tx, family, at) => {
    assertPast(consentOn, '/consentOn', at)
    if (!mayAskOn(family, consentOn)) throw new Refused('grief-rule')
    if (family.openedOn !== null && consentOn > family.openedOn)
      throw Refused.field('/consentOn', 'invalid-date')
    await writing.updateFamily(
      tx,
      access.county,
      id,
      { consent_on: consentOn, consent_evidence: evidence },
      at,
    )
  })
}

export async function openFile(
  office: Office,
  access: Access,
  id: Id,
  openedOn: CivilDate,
): Promise<SpecialFamily> {
  return await changing(office, access, id, 'opened', async (tx, family, at) => {
    assertPast(openedOn, '/openedOn', at)
    if (family.consentOn === null) throw new Refused('not-agreed')
    if (openedOn < family.consentOn) throw Refused.field('/openedOn', 'invalid-date')
    await writing.updateFamily(tx, access.county, id, { opened_on: openedOn }, at)
  })
}

export async function changeMember(
  office: Office,
  access: Access,
  id: Id,
  body: { personId: Id; joinedOn?: CivilDate | undefined; leftOn?: CivilDate | undefined },
): Promise<SpecialFamily> {
  return await changing(office, access, id, 'members', async (tx, family, at) => {
    const { personId, joinedOn = todayOf(at), leftOn } = body
    assertPast(leftOn ?? joinedOn, leftOn ? '/leftOn' : '/joinedOn', at)
    if (leftOn) {
      if (!(await writing.leaveFamily(tx, access.county, id, personId, leftOn)))
        throw Refused.field('/personId', 'not-found')
      return
    }
    const [person] = await writing.findPeople(tx, access, [personId])
    if (!person) throw Refused.field('/personId', 'not-found')
    await insertRow(tx, 'family_members', {
      ...{ countyCode: access.county, id: newId(at.getTime()), familyId: id, personId },
      ...{ divisionCode: family.divisionCode, joinedOn },
    })
  })
}

async function assertMember(tx: Transaction, access: Access, id: Id, personId: Id): Promise<void> {
  const { people } = await queries.selectParts(tx, access.county, id)
  if (!people.some((member) => member.personId === personId && member.leftOn === null))
    throw Refused.field('/personId', 'not-family-member')
}

export async function giveService(
  office: Office,
  access: Access,
  id: Id,
  body: NewFamilyService,
): Promise<SpecialFamily> {
  const {
    personId,
    kind,
    isDeclined,
    organisationId = null,
    provider = null,
    cardNumber = null,
    fromOn,
  } = body
  return await changing(office, access, id, 'services', async (tx, family, at) => {
    assertPast(fromOn, '/fromOn', at)
    if (family.openedOn === null) throw new Refused('not-agreed')
    await assertMember(tx, access, id, personId)
    if (!isDeclined && organisationId === null && provider === null)
      throw Refused.field('/provider', 'required')
    if (isDeclined && (organisationId !== null || provider !== null))
      throw Refused.field('/provider', 'invalid-value')
    await writing.endService(tx, access.county, personId, kind, daysAfter(fromOn, -1))
    await insertRow(tx, 'family_services', {
      ...{
        countyCode: access.county,
        id: newId(at.getTime()),
        familyId: id,
        divisionCode: family.divisionCode,
      },
      ...{ personId, kind, isDeclined, organisationId, provider, cardNumber, fromOn },
      ...{ recordedAt: at, recordedBy: access.actorId },
    })
  })
}

export async function offer(
  office: Office,
  access: Access,
  id: Id,
  { programme, personId, offeredOn }: { programme: string; personId: Id; offeredOn: CivilDate },
): Promise<SpecialFamily> {
  return await changing(office, access, id, 'offers', async (tx, family, at) => {
    assertPast(offeredOn, '/offeredOn', at)
    if (!mayAskOn(family, offeredOn)) throw new Refused('grief-rule')
    if (family.openedOn === null) throw new Refused('not-agreed')
    if (!offersTo[family.kind].includes(programme)) throw Refused.field('/programme', 'invalid-value')
    await assertMember(tx, access, id, personId)
    await insertRow(tx, 'family_offers', {
      ...{
        countyCode: access.county,
        id: newId(at.getTime()),
        familyId: id,
        divisionCode: family.divisionCode,
      },
      ...{ programme, personId, offeredOn, answer: 'OPEN', recordedAt: at, recordedBy: access.actorId },
    })
  })
}

type Answered = z.output<(typeof answerFamilyOffer)['schema']['body']>

/** Her answer; where she wants to apply, the application is filed in the same breath from what is known. */
export async function answer(
  office: Office,
  access: Access,
  { id, offerId }: { id: Id; offerId: Id },
  { answer: given, answeredOn, consentOn = undefined }: Answered,
): Promise<SpecialFamily> {
  return await changing(office, access, id, 'offers', async (tx, _, at) => {
    assertPast(answeredOn, '/answeredOn', at)
    const { offers } = await queries.selectParts(tx, access.county, id)
    const open = offers.find((each) => each.id === offerId)
    if (!open) throw new Refused('not-found')
    if (open.answer !== 'OPEN') throw new Refused('already-decided')
    if (answeredOn < open.offeredOn) throw Refused.field('/answeredOn', 'invalid-date')
    if (given === 'ACCEPTED' && open.programme === 'P08' && !consentOn)
      throw Refused.field('/consentOn', 'required')
    const applicationId =
      given === 'ACCEPTED' ? await applyFor(tx, office, access, { ...open, on: answeredOn }, at) : null
    const settled = { familyId: id, offerId, answer: given, answeredOn, applicationId }
    await writing.settleOffer(tx, access.county, { ...settled, consentOn: consentOn ?? null })
  })
}

export async function close(
  office: Office,
  access: Access,
  id: Id,
  { closedOn, reason }: { closedOn: CivilDate; reason: string },
): Promise<SpecialFamily> {
  return await changing(office, access, id, 'closed', async (tx, family, at) => {
    assertPast(closedOn, '/closedOn', at)
    if (closedOn < family.identifiedOn) throw Refused.field('/closedOn', 'invalid-date')
    await writing.endContacts(tx, access.county, id, closedOn)
    await writing.updateFamily(tx, access.county, id, { closed_on: closedOn, close_reason: reason }, at)
  })
}

/** Names, telephones and notes of visits, for a purpose and a reason; counted with every other reveal of the day. */
export async function reveal(
  office: Office,
  access: Access,
  id: Id,
  { purpose, reason }: { purpose: Purpose; reason: string },
): Promise<RevealedFamily> {
  if (!access.purposes.includes(purpose)) throw Refused.field('/purpose', 'purpose-required')
  const at = office.now()
  const { ciphers, config } = office
  return await transaction(office.db, access, async (tx) => {
    const family = await queries.findFamily(tx, access, id, todayOf(at))
    if (!family) throw new Refused('not-found')
    const earlier = await queries.countReveals(tx, access, new Date(`${todayOf(at)}T00:00:00+08:00`))
    if (earlier >= config.REVEALS_PER_DAY) throw new Refused('reveal-limit')
    const [people, notes] = [
      await queries.selectSensitive(tx, access.county, id),
      await queries.selectNotes(tx, access.county, id),
    ]
    await record(
      tx,
      access,
      { ...deedOf(family, 'reveal', ['name', 'phone', 'address', 'note']), purpose, reason },
      at,
    )
    const { county } = access
    return {
      people: people.map(({ personId, name, phone, address }) => ({
        ...{ personId, name, address },
        phone: phone && ciphers.phone.decipher(phone, { county, id: personId }),
      })),
      notes: notes.map(({ visitId, visitedOn, note }) => ({
        ...{ visitId, visitedOn },
        note: ciphers.benefit.decipher(note, { county, id: visitId }),
      })),
    }
  })
}

export async function readCoverage(
  office: Office,
  access: Access,
): Promise<{ on: CivilDate; items: FamilyCoverage[]; total: FamilyCoverage }> {
  const on = todayOf(office.now())
  const rows = await reading(office.db, access, (tx) => queries.selectCoverage(tx, access, on))
  const items = rows.map(({ code, name, ...rest }) => ({ ...rest, place: { code, name: name ?? code } }))
  const sum = (key: Exclude<keyof FamilyCoverage, 'place'>) => items.reduce((all, item) => all + item[key], 0)
  const code = (access.prefixes[0] ?? '').padEnd(12, '0')
  const total = {
    place: { code, name: '' },
    ...{ families: sum('families'), bothContacts: sum('bothContacts'), visited: sum('visited') },
    ...{ persons: sum('persons'), withDoctor: sum('withDoctor'), withChannel: sum('withChannel') },
    ...{ insured: sum('insured'), premiumFen: sum('premiumFen') },
  }
  return { on, items, total }
}

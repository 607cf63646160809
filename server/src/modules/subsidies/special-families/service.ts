import type { z } from 'zod'
import { maskName } from '@youyu/shared/population/masking'
import type {
  FamilyCoverage,
  listSpecialFamilies,
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
import { reading, transaction } from '../../../database/transaction.ts'
import { keyIn, pageOf } from '../../../http/paging.ts'
import { todayOf, type Office } from '../../../office.ts'
import { Refused } from '../../../refused.ts'
import * as parts from './queries-parts.ts'
import * as writing from './queries-writing.ts'
import * as queries from './queries.ts'

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
  const { people, ...rest } = await parts.selectParts(tx, access.county, id)
  const { source, identifiedOn, firstVisitOn, consentOn, consentEvidence, openedOn, closedOn, closeReason } =
    family
  return {
    ...shownRow(family),
    ...{ source, identifiedOn, firstVisitOn, consentOn, consentEvidence, openedOn, closedOn, closeReason },
    people: people.map((member) => ({ ...member, name: maskName(member.name) })),
    ...rest,
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
export async function changing(
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

export function assertPast(day: CivilDate, pointer: string, at: Date): void {
  if (day > todayOf(at)) throw Refused.field(pointer, 'invalid-date')
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
      await parts.selectSensitive(tx, access.county, id),
      await parts.selectNotes(tx, access.county, id),
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

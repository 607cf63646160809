import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { fourTimes, isDone, merging, openCounters, type Counters } from './at-once.ts'
import type { Answer } from './office.ts'
import { wish } from './pregnancies.ts'
import { expectProblem } from './problems.ts'
import { codeOf, openHousehold, places } from './register.ts'

let at: Counters
beforeAll(async () => {
  at = await openCounters()
})
afterAll(() => at.office.close())

type Refusal = [status: number, code: string]
type Race = {
  asking: (index: number) => Promise<Answer>
  /** What the others are told. */
  told: Refusal[]
  /** The rows that were made or changed. */
  rows: string
  of: string
  found?: number
}

const reason = '与证明核对'
const conflict: Refusal = [409, 'conflict']
const decided: Refusal = [409, 'already-decided']
const outdated: Refusal = [412, 'precondition-failed']
const wrong: Refusal = [400, 'invalid-request']
const existing: Refusal = [409, 'already-exists']

const voidedOf = (table: string) => `select from ${table} where id = $1 and voided_at is not null`
const followingOf = (table: string) => `select from ${table} where replaces = $1`

type Kind = {
  url: string
  table: string
  made: () => Promise<{ id: string }>
  set: (index: number) => object
}
const facts: [title: string, Kind][] = [
  [
    'a birth',
    {
      ...{ url: 'births', table: 'births', made: () => at.aBirth() },
      set: (index) => ({ occurredOn: `2026-08-0${index + 2}` }),
    },
  ],
  [
    'a death',
    {
      ...{ url: 'deaths', table: 'deaths', made: () => at.aDeath() },
      set: (index) => ({ occurredOn: `2026-08-0${index + 2}` }),
    },
  ],
  [
    'a marriage',
    {
      ...{ url: 'marriages', table: 'marriage_events', made: () => at.aMarriage() },
      set: (index) => ({ occurredOn: `2015-05-0${index + 1}` }),
    },
  ],
  [
    'a move',
    {
      ...{ url: 'migration-events', table: 'migration_events', made: () => at.aMove() },
      set: (index) => ({ occurredOn: `2026-03-0${index + 2}` }),
    },
  ],
  [
    'an adoption',
    {
      ...{ url: 'parentage-events', table: 'parentage_events', made: () => at.anAdoption() },
      set: (index) => ({ occurredOn: `2020-06-0${index + 2}` }),
    },
  ],
  [
    'an enrolment',
    {
      ...{ url: 'childcare-enrolments', table: 'childcare_enrolments', made: () => at.anEnrolment() },
      set: (index) => ({ toOn: `2026-06-0${index + 1}` }),
    },
  ],
]

function racesOf([title, { url, table, made, set }]: [string, Kind]): [string, () => Promise<Race>][] {
  const correct = (id: string, index: number) =>
    at.post(`${url}/${id}/corrections`, { set: set(index), reason })
  const abolish = (id: string) => at.post(`${url}/${id}/void`, { reason })
  const of = async (asking: (id: string, index: number) => Promise<Answer>, rows: string) => {
    const { id } = await made()
    return { asking: (index: number) => asking(id, index), told: [conflict], rows, of: id }
  }
  return [
    [`${title} is corrected`, () => of(correct, followingOf(table))],
    [`${title} is voided`, () => of(abolish, voidedOf(table))],
    [
      `${title} is corrected or voided`,
      () => of((id, index) => (index % 2 === 0 ? abolish(id) : correct(id, index)), voidedOf(table)),
    ],
  ]
}

const registers: [title: string, prepare: () => Promise<Race>][] = [
  [
    'a death is recorded',
    async () => {
      const { id: personId } = await at.aPerson()
      const said = { personId, occurredOn: '2026-08-01', place: 'HOME', reporter: 'VILLAGE' }
      const rows = 'select from deaths where person_id = $1'
      return { asking: () => at.post('deaths', said), told: [wrong], rows, of: personId }
    },
  ],
  [
    'a birth is recorded',
    async () => {
      const { id: motherId } = await at.aPerson({ birthDate: '1995-04-05' })
      const said = { motherId, occurredOn: '2026-08-01', sex: '1', place: 'HOSPITAL', child: {} }
      const rows = 'select from persons where mother_id = $1'
      return { asking: () => at.post('births', said), told: [wrong, existing], rows, of: motherId }
    },
  ],
  [
    'a transfer is accepted or sent back',
    async () => {
      const { id } = await at.aTransfer()
      const url = `county-transfers/${id}/acknowledgement`
      return {
        asking: (index) => at.post(url, { accept: index % 2 === 0, reason }, undefined, at.neighbour),
        told: [decided],
        rows: "select from county_transfers where id = $1 and state in ('CONFIRMED', 'REFUSED')",
        of: id,
      }
    },
  ],
  [
    'a transfer is accepted while its departure is voided',
    async () => {
      const { id, departureId } = await at.aTransfer()
      const url = `county-transfers/${id}/acknowledgement`
      return {
        asking: (index) =>
          index % 2 === 0
            ? at.post(url, { accept: true }, undefined, at.neighbour)
            : at.post(`migration-events/${departureId}/void`, { reason }),
        told: [decided, conflict],
        rows: `select from county_transfers x join migration_events m on m.id = x.departure_id
          where x.id = $1 and (x.state = 'CONFIRMED') = (m.voided_at is null) and (x.state = 'CONFIRMED') = (m.acknowledgement = 'CONFIRMED')
            and (x.state = 'CONFIRMED') = exists (select from migration_events a where a.counterpart_id = m.id and a.voided_at is null)`,
        of: id,
      }
    },
  ],
  [
    'a pregnancy is registered',
    async () => {
      const { id } = await at.aPerson()
      const rows = 'select from pregnancies where woman_id = $1'
      const asking = () => at.post('pregnancies', wish(id), undefined, at.clinician)
      return { asking, told: [existing], rows, of: id }
    },
  ],
  [
    'a pregnancy is ended or voided',
    async () => {
      const { id } = await at.aPregnancy()
      const ending = { status: 'LOST', endedOn: '2026-08-10' }
      return {
        asking: (index) =>
          index % 2 === 0
            ? at.post(`pregnancies/${id}/outcome`, ending, 1, at.clinician)
            : at.post(`pregnancies/${id}/void`, { reason: 'VOID-01' }, 1, at.clinician),
        told: [outdated, [404, 'not-found']],
        rows: 'select from pregnancies where id = $1 and version = 2',
        of: id,
      }
    },
  ],
  [
    'an antenatal visit is corrected or voided',
    async () => {
      const { id } = await at.aPregnancy()
      const visits = `pregnancies/${id}/visits`
      const visit = await at.made(visits, { occurredOn: '2026-08-05' }, at.clinician)
      const correction = { set: { systolic: 110 }, reason: 'VOID-01' }
      return {
        asking: (index) =>
          index % 2 === 0
            ? at.post(`${visits}/${visit.id}/void`, { reason: 'VOID-01' }, undefined, at.clinician)
            : at.post(`${visits}/${visit.id}/corrections`, correction, undefined, at.clinician),
        ...{ told: [conflict], rows: voidedOf('antenatal_visits'), of: visit.id },
      }
    },
  ],
  [
    'a registration of a birth is corrected or withdrawn',
    async () => {
      const { id } = await at.made('birth-registrations', await at.announcement())
      const rows = 'select from birth_registration_versions where registration_id = $1'
      return {
        asking: (index) =>
          index % 2 === 0
            ? at.post(`birth-registrations/${id}/withdrawal`, {}, 1)
            : at.post(`birth-registrations/${id}/correction`, { childOrder: index }, 1),
        ...{ told: [outdated], rows, of: id, found: 2 },
      }
    },
  ],
  [
    'a child is enrolled',
    async () => {
      const [{ id }, child] = [await at.anInstitution(), await at.aPerson({ birthDate: '2025-01-15' })]
      const said = { childId: child.id, fromOn: '2026-03-01' }
      const rows = 'select from childcare_enrolments where child_id = $1'
      const asking = () => at.post(`childcare-institutions/${id}/enrolments`, said)
      return { asking, told: [existing], rows, of: child.id }
    },
  ],
  [
    'an institution is changed',
    async () => {
      const { id } = await at.anInstitution()
      const url = `/api/v1/childcare-institutions/${id}`
      const rows = 'select from childcare_institutions where id = $1 and version = 2'
      const asking = (staff: number) => at.clerk.patch(url, { staff }, { ifMatch: 1 })
      return { asking, told: [outdated], rows, of: id }
    },
  ],
  [
    'a person joins a household',
    async () => {
      const [head, member] = await at.twins()
      const household = { number: `H${member.id.slice(-12)}`, headPersonId: head.id }
      const { id } = await openHousehold(at.clerk, household)
      const joining = { personId: member.id, relation: '3', on: '2020-05-01' }
      const rows = 'select from household_members where person_id = $1 and voided_at is null'
      const asking = () => at.post(`households/${id}/members`, joining, 1)
      return { asking, told: [outdated], rows, of: member.id }
    },
  ],
  [
    'a stay is recorded',
    async () => {
      const { id } = await at.aPerson({ residenceSince: '2001-01-01' })
      const stay = { divisionCode: places.capital, status: '2', from: '2026-03-01' }
      const asking = () => at.post(`persons/${id}/residence-episodes`, stay, 1)
      const rows = 'select from residence_episodes where person_id = $1 and voided_at is null'
      return { asking, told: [outdated], rows, of: id, found: 2 }
    },
  ],
  [
    'two records are merged',
    async () => {
      const [one, other] = await at.twins()
      const rows = 'select from person_merges where kept_id = $1 or merged_id = $1'
      return {
        asking: (index) =>
          at.post('person-merges', index % 2 === 0 ? merging(one, other) : merging(other, one)),
        ...{ told: [[409, 'not-mergeable']], rows, of: one.id },
      }
    },
  ],
  [
    'a merge is taken back',
    async () => {
      const [one, other] = await at.twins()
      const { id } = await at.made('person-merges', merging(one, other))
      const rows = "select from person_facts where person_id = $1 and kind = 'unmerged'"
      const asking = () => at.post(`person-merges/${id}/undo`, { reason: '并非同一人' })
      return { asking, told: [[409, 'merge-undone']], rows, of: one.id }
    },
  ],
]

describe('of four officers in the same moment one is heard, and the book closes:', () => {
  test.each([...facts.flatMap(racesOf), ...registers])('%s', async (_title, prepare) => {
    const { asking, told, rows, of, found = 1 } = await prepare()

    const answers = await fourTimes(asking)

    expect(answers.filter(isDone)).toHaveLength(1)
    for (const answer of answers.filter((each) => !isDone(each)))
      expectProblem(answer, ...(told.find(([, code]) => code === codeOf(answer)) ?? told[0]!))
    expect(await at.office.sql(rows, [of])).toHaveLength(found)
    await at.closes()
  })
})

import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Birth } from '@youyu/shared/population/births'
import type { BirthRegistration } from '@youyu/shared/population/birth-registrations'
import { fourTimes, isDone, merging, openCounters, type Counters } from './at-once.ts'
import type { Answer } from './office.ts'
import { wish } from './pregnancies.ts'
import { expectProblem } from './problems.ts'
import { places } from './register.ts'

let at: Counters
beforeAll(async () => {
  at = await openCounters()
})
afterAll(() => at.office.close())

const reason = '与证明核对'
const findingsOf = (partyA: string) =>
  at.office.sql('select occurred_on, order_a, findings from marriage_events where party_a = $1 order by 1', [
    partyA,
  ])

describe('facts of one person recorded in the same moment', () => {
  test('are judged one after the other: who marries twice is found', async () => {
    const wife = await at.aPerson()
    const husbands = await Promise.all([0, 1, 2, 3].map(() => at.aPerson({ sex: '1' })))
    const marry = (index: number) =>
      at.post('marriages', {
        ...{ event: 'MARRY', occurredOn: `2015-05-2${index}`, partyA: wife.id, partyB: husbands[index]!.id },
      })

    const answers = await fourTimes(marry)

    expect(answers.map(({ status }) => status)).toEqual([201, 201, 201, 201])
    const stated = await findingsOf(wife.id)
    const one = await at.aPerson()
    for (const index of [0, 1, 2, 3])
      await at.made('marriages', {
        ...{ event: 'MARRY', occurredOn: `2015-05-2${index}`, partyA: one.id },
        partyB: (await at.aPerson({ sex: '1' })).id,
      })
    expect(stated).toEqual(await findingsOf(one.id))
  })

  test('leave a register and a book that agree: a death, two moves, a correction', async () => {
    const { id: personId, version } = await at.aPerson({ residenceSince: '2001-01-01' })
    const away = { personId, kind: 'FLOW_OUT', toDivision: places.capital, reason: 'WORK' }
    const answers = await Promise.all([
      at.post('deaths', { personId, occurredOn: '2026-08-01', place: 'HOME', reporter: 'VILLAGE' }),
      at.post('migration-events', { ...away, occurredOn: '2026-03-01' }),
      at.post('migration-events', { ...away, occurredOn: '2026-02-01', toDivision: places.farVillage }),
      at.post(`persons/${personId}/corrections`, { set: { birthDate: '1990-05-18' }, reason }, version),
    ])

    // Who read her record before it changed is told so.
    for (const { status } of answers) expect([201, 400, 412]).toContain(status)
    expect(answers.filter(isDone).length).toBeGreaterThan(0)
    await at.closes()
  })
})

test('a registration filed four times at once is registered once, and answered with the same number', async () => {
  const body = await at.announcement()

  const answers = await fourTimes(() => at.post('birth-registrations', body))

  expect(answers.map(({ status }) => status).sort()).toEqual([200, 200, 200, 201])
  expect(new Set(answers.map((answer) => (answer.body as BirthRegistration).number)).size).toBe(1)
})

test('a birth and the registration that tells of it find each other', async () => {
  for (let turn = 0; turn < 5; turn += 1) {
    const { id: motherId } = await at.aPerson({ birthDate: '1995-04-05' })
    const told = { registrantId: motherId, purpose: 'BORN', bornOn: '2026-08-01', expectedOn: undefined }
    const announcement = await at.announcement(told)
    const [birth, registration] = await Promise.all([
      at.made<Birth>('births', {
        ...{ motherId, occurredOn: '2026-08-01', sex: '1', place: 'HOSPITAL', child: {} },
      }),
      at.made<BirthRegistration>('birth-registrations', announcement),
    ])

    const linked = await at.office.sql(
      'select status, birth_id as "birthId" from birth_registrations where id = $1',
      [registration.id],
    )
    expect(linked).toEqual([{ status: 'LINKED_TO_BIRTH', birthId: birth.id }])
  }
})

test('a registration is not linked with a birth that is voided', async () => {
  const { id: motherId } = await at.aPerson({ birthDate: '1995-04-05' })
  const registration = await at.made<BirthRegistration>(
    'birth-registrations',
    await at.announcement({ registrantId: motherId, expectedOn: '2027-03-08' }),
  )
  const said = { motherId, occurredOn: '2026-08-01', sex: '1', place: 'HOSPITAL', child: {} }
  const birth = await at.made<Birth>('births', said)
  await Promise.all([
    at.post(`births/${birth.id}/void`, { reason }),
    at.post(`birth-registrations/${registration.id}/link`, { birthId: birth.id }, registration.version),
  ])

  const wrong = await at.office.sql(
    'select from birth_registrations g join births b on b.id = g.birth_id where g.id = $1 and b.voided_at is not null',
    [registration.id],
  )
  expect(wrong).toEqual([])
})

test('a birth does not name a pregnancy that is voided', async () => {
  for (let turn = 0; turn < 5; turn += 1) {
    const woman = await at.aPerson({ birthDate: '1995-04-05' })
    const given = { lastMenstruationOn: '2025-10-20', registeredOn: '2026-01-01' }
    const pregnancy = await at.made('pregnancies', wish(woman.id, given), at.clinician)
    const said = { motherId: woman.id, occurredOn: '2026-08-01', sex: '1', place: 'HOSPITAL', child: {} }
    const answers = await Promise.all([
      at.post('births', { ...said, pregnancyId: pregnancy.id }),
      at.post(`pregnancies/${pregnancy.id}/void`, { reason: 'VOID-01' }, 1, at.clinician),
    ])

    expect(answers.filter(isDone)).toHaveLength(1)
    const wrong = await at.office.sql(
      'select from births b join pregnancies g on g.id = b.pregnancy_id where g.id = $1 and b.voided_at is null and g.voided_at is not null',
      [pregnancy.id],
    )
    expect(wrong).toEqual([])
  }
})

describe('while a record is merged into another, what is recorded of it', () => {
  const kinds: [title: string, table: string, column: string, ask: (id: string) => Promise<Answer>][] = [
    [
      'a death',
      'deaths',
      'person_id',
      (personId) =>
        at.post('deaths', { personId, occurredOn: '2026-08-01', place: 'HOME', reporter: 'VILLAGE' }),
    ],
    [
      'a marriage',
      'marriage_events',
      'party_a',
      (partyA) =>
        at.post('marriages', { event: 'MARRY', occurredOn: '2015-05-20', partyA, partyBName: '李某' }),
    ],
    [
      'a move',
      'migration_events',
      'person_id',
      (personId) =>
        at.post('migration-events', {
          ...{
            personId,
            kind: 'FLOW_OUT',
            occurredOn: '2026-03-01',
            toDivision: places.capital,
            reason: 'WORK',
          },
        }),
    ],
    [
      'a birth',
      'births',
      'mother_id',
      (motherId) =>
        at.post('births', { motherId, occurredOn: '2026-08-01', sex: '1', place: 'HOSPITAL', child: {} }),
    ],
    [
      'a pregnancy',
      'pregnancies',
      'woman_id',
      (womanId) => at.post('pregnancies', wish(womanId), undefined, at.clinician),
    ],
    [
      'an announcement',
      'birth_registrations',
      'registrant_id',
      async (registrantId) => at.post('birth-registrations', await at.announcement({ registrantId })),
    ],
    [
      'an enrolment',
      'childcare_enrolments',
      'child_id',
      async (childId) => {
        const { id } = await at.anInstitution()
        return await at.post(`childcare-institutions/${id}/enrolments`, { childId, fromOn: '2026-03-01' })
      },
    ],
  ]
  test.each(kinds)('%s is carried along, or refused', async (_title, table, column, ask) => {
    const [one, other] = [
      await at.aPerson({ birthDate: '1995-04-05' }),
      await at.aPerson({ birthDate: '1995-04-05' }),
    ]
    const [done, ...answers] = await Promise.all([
      at.post('person-merges', merging(one, other)),
      ...[0, 1, 2].map(() => ask(other.id)),
    ])

    expect(done.status).toBe(201)
    for (const { status } of answers) expect([200, 201, 400, 409]).toContain(status)
    const left = await at.office.sql(
      `select from ${table} where ${column} = $1${table === 'birth_registrations' ? '' : ' and voided_at is null'}`,
      [other.id],
    )
    expect(left).toEqual([])
    await at.closes()
  })
})

test('a change of divisions happens once of four times', async () => {
  const place = { residenceDivision: places.farVillage, hukouDivision: places.farVillage }
  await at.aPerson(place)
  const change = {
    ...{ kind: 'RECODE', from: [places.farVillage], to: [{ code: '371121102299', name: '街头新村' }] },
    ...{ effectiveOn: '2026-07-01', sourceDocument: '区划调整文件' },
  }

  const answers = await fourTimes(() => at.post('division-changes', change, undefined, at.admin))

  expect(answers.filter(isDone)).toHaveLength(1)
  for (const answer of answers.filter((each) => !isDone(each)))
    expectProblem(answer, 409, 'division-not-current')
  expect(await at.office.sql('select from division_changes')).toHaveLength(1)
  await at.closes()
})

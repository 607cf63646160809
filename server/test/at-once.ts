import { expect } from 'vitest'
import type { ChildcareEnrolment, ChildcareInstitution } from '@youyu/shared/population/childcare'
import type { CountyTransfer } from '@youyu/shared/population/moves'
import type { Person } from '@youyu/shared/population/persons'
import { bookDiffersFromFacts, openEnds } from './book.ts'
import { openOffice, type Answer, type Officer, type TestOffice } from './office.ts'
import { wish } from './pregnancies.ts'
import { bodyOf, furnishPlaces, keptCounts, places, recounted, register } from './register.ts'

/** Two counties on one morning; what is sent to a counter here may be sent by several officers in the same moment. */
export type Counters = Awaited<ReturnType<typeof openCounters>>

export const merging = (one: Person, other: Person) => ({ keepId: one.id, mergeId: other.id, reason: '重复' })
export const fourTimes = (asking: (index: number) => Promise<Answer>) => Promise.all([0, 1, 2, 3].map(asking))
export const isDone = ({ status }: Answer) => status < 300

export async function openCounters({ isClockRunning = false } = {}) {
  const office = await openOffice()
  if (!isClockRunning) office.setNow(new Date('2026-08-20T09:00:00+08:00'))
  await furnishPlaces(office)
  const clerk = await office.officer('county_population', places.county)
  const neighbour = await office.officer('county_population', places.otherCounty)
  const clinician = await office.officer('station_clinician', places.county)
  // The other county keeps its register here.
  const there = places.otherCountyVillage
  await register(neighbour, { hukouDivision: there, residenceDivision: there })
  return {
    ...{ office, clerk, neighbour, clinician, admin: await office.officer('sys_admin', null) },
    ...records(clerk, clinician),
    closes: () => closes(office),
    /** Posts under a key of its own. */
    post: posting(clerk),
  }
}

function posting(clerk: Officer) {
  let serial = 0
  return (url: string, body: object, ifMatch?: number, at = clerk): Promise<Answer> => {
    serial += 1
    const key = `at-once-${serial}`
    return at.post(`/api/v1/${url}`, body, ifMatch === undefined ? { key } : { key, ifMatch })
  }
}

async function closes(office: TestOffice): Promise<void> {
  expect([await openEnds(office), await openEnds(office, 370321)]).toEqual([[], []])
  expect(await keptCounts(office)).toEqual(await recounted(office))
  expect(await bookDiffersFromFacts(office)).toEqual([])
}

/** Records of every kind, each of people of its own. */
function records(clerk: Officer, clinician: Officer) {
  const made = async <Made = { id: string }>(url: string, body: object, at = clerk) =>
    bodyOf<Made>(await at.post(`/api/v1/${url}`, body), 201)
  const aPerson = (given: Parameters<typeof register>[1] = {}) => register(clerk, given)
  const aBirth = async () => {
    const { id: motherId } = await aPerson({ birthDate: '1995-04-05' })
    return await made('births', {
      motherId,
      occurredOn: '2026-08-01',
      sex: '1',
      place: 'HOSPITAL',
      child: {},
    })
  }
  const aDeath = async () => {
    const { id: personId } = await aPerson()
    return await made('deaths', { personId, occurredOn: '2026-08-01', place: 'HOME', reporter: 'VILLAGE' })
  }
  const aMarriage = async () => {
    const [wife, husband] = [await aPerson(), await aPerson({ sex: '1' })]
    return await made('marriages', {
      event: 'MARRY',
      occurredOn: '2015-05-20',
      partyA: wife.id,
      partyB: husband.id,
    })
  }
  const aMove = async () => {
    const { id: personId } = await aPerson({ residenceSince: '2001-01-01' })
    const there = { kind: 'FLOW_OUT', occurredOn: '2026-03-01', toDivision: places.capital, reason: 'WORK' }
    return await made('migration-events', { personId, ...there })
  }
  const anAdoption = async () => {
    const [child, adult] = [
      await aPerson({ birthDate: '2018-05-01' }),
      await aPerson({ birthDate: '1980-01-01' }),
    ]
    const said = { kind: 'ADOPTIVE', occurredOn: '2020-06-01' }
    return await made('parentage-events', { childId: child.id, adultId: adult.id, ...said })
  }
  const aTransfer = async () => {
    const { id: personId } = await aPerson({ residenceSince: '2001-01-01' })
    const there = { toDivision: places.otherCountyVillage, occurredOn: '2026-05-01', reason: 'MARRIAGE' }
    return await made<CountyTransfer>('county-transfers', { personId, ...there })
  }
  const aPregnancy = async () => made('pregnancies', wish((await aPerson()).id), clinician)
  /** What a registrant says of herself. */
  const announcement = async (given: object = {}) => ({
    ...{
      registrantId: (await aPerson()).id,
      purpose: 'PREGNANT',
      expectedOn: '2027-03-08',
      channel: 'SELF_ONLINE',
    },
    ...given,
  })
  const anInstitution = () =>
    made<ChildcareInstitution>('childcare-institutions', {
      ...{
        name: '小苗托育园',
        kind: 'COMMUNITY',
        places1: 9,
        openedOn: '2024-03-01',
        divisionCode: places.village,
      },
    })
  const anEnrolment = async () => {
    const [{ id }, child] = [await anInstitution(), await aPerson({ birthDate: '2025-01-15' })]
    return await made<ChildcareEnrolment>(`childcare-institutions/${id}/enrolments`, {
      childId: child.id,
      fromOn: '2026-03-01',
    })
  }
  const twins = async () => [await aPerson(), await aPerson()] as [Person, Person]
  return {
    made,
    aPerson,
    aBirth,
    aDeath,
    aMarriage,
    aMove,
    anAdoption,
    aTransfer,
    aPregnancy,
    announcement,
    anInstitution,
    anEnrolment,
    twins,
  }
}

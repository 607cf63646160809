import { newId } from '../../../../crypto/ids.ts'
import { loadEvents, type EventKind, type Staged } from '../events/loading.ts'
import type { People } from '../events/people.ts'
import type { FileRow } from '../files/records.ts'
import { addFindings, type Fault, type Loading, type Rejection } from '../loading.ts'
import { concludeOldMethods, facilitiesOf, loadOldMethods, type OldMethod } from './queries.ts'
import { readOldMethod, type MethodCandidate } from './rules.ts'

/** 避孕节育台账: goes into the records of the facilities that it names. */
export async function loadMethods(loading: Loading, rows: AsyncIterable<FileRow>): Promise<void> {
  const { register, row, now, today, access } = loading
  const from = { county: row.countyCode, importId: row.id, at: now, by: access.actorId }
  const facilities = await facilitiesOf(register, row.countyCode)

  async function settle(chunk: Staged<MethodCandidate>[], people: People): Promise<Rejection[]> {
    const rejections: Rejection[] = []
    const taken: OldMethod[] = []
    for (const { row: line, candidate } of chunk) {
      const { idNumber, facility, ...said } = candidate
      const person = people.of(idNumber, candidate.startedOn)
      const facilityId = facilities.get(facility)
      const faults = faultsOf(candidate, person, facilityId)
      if (!person || !facilityId || faults.length > 0) rejections.push({ row: line, faults })
      else
        taken.push({
          ...said,
          ...{ id: newId(), clientId: person.id, facilityId, divisionCode: person.nowResidence },
          birthYear: Number(person.birthDate.slice(0, 4)),
          inUnion: person.maritalStatus?.startsWith('2') ?? false,
        })
    }
    loading.isStopping()
    const { loaded, known, findings } = await loadOldMethods(register, from, taken)
    loading.tally.rowsAccepted += loaded
    loading.tally.rowsMatched += known
    addFindings(loading.tally, findings)
    return rejections
  }

  const kind: EventKind<MethodCandidate> = {
    read: readOldMethod,
    people: ({ idNumber, startedOn: on }) => [{ idNumber, on }],
    divisions: () => [],
    holds: false,
    open: () => Promise.resolve(),
    settle: (_, chunk, people) => settle(chunk, people),
  }
  await loadEvents(loading, rows, kind)
  await concludeOldMethods(register, from, today)
}

function faultsOf(
  { name, startedOn }: MethodCandidate,
  person: ReturnType<People['of']>,
  facilityId: string | undefined,
): Fault[] {
  const faults: Fault[] = facilityId ? [] : [{ key: 'facility', code: 'not-found' }]
  if (!person) return [{ key: 'idNumber', code: 'not-found' }, ...faults]
  if (name !== '' && name !== person.name) faults.push({ key: 'name', code: 'name-differs' })
  if (startedOn < person.birthDate || (person.diedOn !== null && startedOn > person.diedOn))
    faults.push({ key: 'startedOn', code: 'invalid-date' })
  return faults
}

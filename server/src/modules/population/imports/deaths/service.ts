import { newId } from '../../../../crypto/ids.ts'
import { ageDays, deathFaults, deathFindings } from '../../deaths/rules.ts'
import { loadEvents, type EventKind, type Staged } from '../events/loading.ts'
import type { People, PersonThen } from '../events/people.ts'
import { project, type Projection } from '../events/projection.ts'
import { copyBytes, copyLine } from '../files/copy-text.ts'
import type { FileRow } from '../files/records.ts'
import { addFindings, type Fault, type Loading, type Rejection } from '../loading.ts'
import { notePeople } from '../posting.ts'
import { copyInto } from '../queries-copy.ts'
import { circumstancesOf, deadCopy, insertDeaths, openDeathStaging } from './queries.ts'
import { readDeath, type DeathCandidate } from './rules.ts'

export async function loadDeaths(loading: Loading, rows: AsyncIterable<FileRow>): Promise<void> {
  const kind: EventKind<DeathCandidate> = {
    read: readDeath,
    people: ({ idNumber, occurredOn: on }) => [{ idNumber, on }],
    divisions: () => [],
    holds: true,
    open: ({ register }) => openDeathStaging(register),
    settle,
  }
  await loadEvents(loading, rows, kind)
}

/** What the fields of a fact are called in a file. */
const columnsOf: Record<string, string> = { '/occurredOn': 'deathDate', '/maternal': 'maternal' }

function faultsOf({ today }: Loading, said: DeathCandidate, person: PersonThen | undefined): Fault[] {
  if (!person) return [{ key: 'idNumber', code: 'not-found' }]
  const { birthDate, sex } = person
  return deathFaults({ ...said, birthDate, sex, today }).map(({ pointer, code }) => ({
    key: columnsOf[pointer] ?? null,
    code,
  }))
}

async function settle(
  loading: Loading,
  chunk: Staged<DeathCandidate>[],
  people: People,
): Promise<Rejection[]> {
  const { register, row: kept, now, tally } = loading
  const rejections: Rejection[] = []
  const dying = new Map<string, { said: DeathCandidate; person: PersonThen }>()
  for (const { row, candidate } of chunk) {
    const person = people.of(candidate.idNumber, candidate.occurredOn)
    const faults = faultsOf(loading, candidate, person)
    if (person && (person.diedOn !== null || dying.has(person.id))) tally.rowsMatched += 1
    else if (!person || faults.length > 0) rejections.push({ row, faults })
    else dying.set(person.id, { said: candidate, person })
  }
  const circumstances = await circumstancesOf(register, kept.countyCode, [...dying.keys()])
  const projections: Projection[] = []
  const lines = [...dying].map(([personId, { said, person }]) => {
    const around = circumstances.get(personId)!
    const id = newId()
    const { birthDate, sex } = person
    const { occurredOn, cause } = said
    const cell = { county: kept.countyCode, id }
    const findings = deathFindings({
      ...around,
      occurredOn,
      birthDate,
      status: 'DECEASED',
      // A file of years gone by does not say since when each death was known.
      knownOn: occurredOn,
    })
    addFindings(tally, Object.fromEntries(findings.map((finding) => [finding, 1])))
    projections.push({
      personId,
      eventId: id,
      kind: 'died',
      occurredOn,
      before: { status: around.status },
      after: { status: 'DECEASED' },
    })
    return copyLine([
      id,
      personId,
      occurredOn,
      said.place,
      cause === null ? null : copyBytes(loading.office.ciphers.causeOfDeath.encipher(cause, cell)),
      said.certificateNumber,
      said.maternal,
      said.reporter,
      sex,
      birthDate,
      String(ageDays(birthDate, occurredOn)),
      person.residence,
      person.hukou,
      `{${findings.join(',')}}`,
    ])
  })
  loading.isStopping()
  await register.client.query('truncate dead')
  await copyInto(register, deadCopy, lines.length === 0 ? [] : [Buffer.from(lines.join(''))])
  await insertDeaths(register, kept, now)
  await project(loading, projections)
  await notePeople(register, 'select person_id from dead')
  tally.rowsAccepted += lines.length
  return rejections
}

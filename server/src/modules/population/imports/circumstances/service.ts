import { circumstanceFaults, maskDocument } from '@youyu/shared/subsidies/circumstance-faults'
import { newId } from '../../../../crypto/ids.ts'
import { loadEvents, type EventKind, type Staged } from '../events/loading.ts'
import type { People, PersonThen } from '../events/people.ts'
import type { FileRow } from '../files/records.ts'
import type { Fault, Loading, Rejection } from '../loading.ts'
import { writeCircumstances, type LoadedCircumstance } from './queries.ts'
import { readCircumstance, type CircumstanceCandidate } from './rules.ts'

/** 资格情形: what a department's list says of people; what is there already stays, and an end is put to what goes on. */
export async function loadCircumstances(loading: Loading, rows: AsyncIterable<FileRow>): Promise<void> {
  const kind: EventKind<CircumstanceCandidate> = {
    read: readCircumstance,
    people: ({ idNumber, from: on }) => [{ idNumber, on }],
    divisions: () => [],
    holds: false,
    open: () => Promise.resolve(),
    settle,
  }
  await loadEvents(loading, rows, kind)
}

async function settle(
  loading: Loading,
  chunk: Staged<CircumstanceCandidate>[],
  people: People,
): Promise<Rejection[]> {
  const { register, row: kept, now, access, tally } = loading
  const rejections: Rejection[] = []
  const taken: { row: FileRow; told: LoadedCircumstance }[] = []
  for (const { row, candidate } of chunk) {
    const person = people.of(candidate.idNumber, candidate.from)
    const faults = faultsOf(loading, candidate, person)
    if (!person || faults.length > 0) rejections.push({ row, faults })
    else taken.push({ row, told: written(loading, candidate, person) })
  }
  loading.isStopping()
  const from = { county: kept.countyCode, importId: kept.id, at: now, by: access.actorId }
  const outcomes = await writeCircumstances(
    register,
    from,
    taken.map(({ told }) => told),
  )
  for (const [index, outcome] of outcomes.entries())
    if (outcome === 'KNOWN') tally.rowsMatched += 1
    else if (outcome === 'DIFFERS')
      rejections.push({ row: taken[index]!.row, faults: [{ key: 'kind', code: 'recorded-differently' }] })
    else tally.rowsAccepted += 1
  return rejections
}

function faultsOf(
  { today }: Loading,
  candidate: CircumstanceCandidate,
  person: PersonThen | undefined,
): Fault[] {
  if (!person) return [{ key: 'idNumber', code: 'not-found' }]
  const faults: Fault[] =
    candidate.name !== '' && candidate.name !== person.name ? [{ key: 'name', code: 'name-differs' }] : []
  const { birthDate } = person
  const wrong = circumstanceFaults(candidate, { birthDate, today })
  return [...faults, ...wrong.map(({ field, code }) => ({ key: field, code }))]
}

function written(
  { office, row: kept }: Loading,
  { kind, grade, detail, from, to, documentType, documentNumber }: CircumstanceCandidate,
  { id: personId, nowHukou }: PersonThen,
): LoadedCircumstance {
  const id = newId()
  const cell = { county: kept.countyCode, id }
  return {
    ...{ id, personId, kind, grade, detail, fromOn: from, toOn: to, documentType, divisionCode: nowHukou },
    documentCipher: documentNumber === null ? null : office.ciphers.benefit.encipher(documentNumber, cell),
    documentMask: documentNumber === null ? null : maskDocument(documentNumber),
  }
}

import { maskIdNumber } from '@youyu/shared/population/masking'
import { nameReadings } from '../../persons/names.ts'
import { loadEvents, type EventKind, type Staged } from '../events/loading.ts'
import type { People } from '../events/people.ts'
import { copyBytes, copyLine } from '../files/copy-text.ts'
import type { FileRow } from '../files/records.ts'
import { addFindings, type Loading, type Rejection } from '../loading.ts'
import { copyInto } from '../queries-copy.ts'
import { noteOf } from '../rules-mapping.ts'
import { fitStays } from './fitting.ts'
import { judge, type Around, type ReadyBirth } from './judging.ts'
import {
  bornCopy,
  clearBirthStaging,
  facilitiesByCode,
  findSiblingsOf,
  findUnnumbered,
  insertBirths,
  openBirthStaging,
  refuseMerged,
  usedCertificates,
  type SiblingOf,
  type Unnumbered,
} from './queries.ts'
import { readBirth, type BirthCandidate } from './rules.ts'

export async function loadBirths(loading: Loading, rows: AsyncIterable<FileRow>): Promise<void> {
  let facilities = new Map<string, string>()
  const unknown: Facilities['unknown'] = { first: [], count: 0 }
  const kind: EventKind<BirthCandidate> = {
    read: readBirth,
    people: ({ motherIdNumber, fatherIdNumber, childIdNumber, occurredOn: on }) =>
      [motherIdNumber, fatherIdNumber, childIdNumber].flatMap((idNumber) =>
        idNumber === null ? [] : [{ idNumber, on }],
      ),
    changed: ({ childIdNumber }) => childIdNumber,
    holds: false,
    divisions: ({ divisionCode, hukouDivision }) =>
      [
        { key: 'division', code: divisionCode },
        { key: 'hukouDivision', code: hukouDivision },
      ].filter((each): each is { key: string; code: string } => each.code !== null),
    async open({ register }) {
      await openBirthStaging(register)
      facilities = await facilitiesByCode(register)
    },
    settle: (_, chunk, people) => settle(loading, chunk, people, { facilities, unknown }),
  }
  await loadEvents(loading, rows, kind)
  if (unknown.count > 0) {
    const column = loading.row.headers[loading.columns.get('facility')!]!
    loading.row.notes = [...loading.row.notes, noteOf('unknown-facility-left-empty', column, unknown)]
  }
}

/** Facilities by their code, and the rows that name one which is not there. */
type Facilities = {
  facilities: ReadonlyMap<string, string>
  unknown: { first: number[]; count: number }
}
const ROWS_NAMED = 10

async function settle(
  loading: Loading,
  chunk: Staged<BirthCandidate>[],
  people: People,
  { facilities, unknown }: Facilities,
): Promise<Rejection[]> {
  const { register, row: kept, now, tally } = loading
  const surroundings = await survey(loading, chunk, people, facilities)
  const rejections: Rejection[] = []
  const ready = new Map<number, { row: FileRow; birth: ReadyBirth }>()
  for (const { row, candidate } of chunk) {
    const around = surroundings.of(row.number, candidate)
    const isTaken = surroundings.isCertificateTaken(candidate.certificateNumber)
    const verdict = judge(loading, candidate, around)
    if ('matched' in verdict) tally.rowsMatched += 1
    else if ('faults' in verdict) rejections.push({ row, faults: verdict.faults })
    else if (isTaken) rejections.push({ row, faults: [{ key: 'certificateNumber', code: 'already-exists' }] })
    else {
      ready.set(row.number, { row, birth: verdict.ready })
      surroundings.add(verdict.ready)
    }
  }
  loading.isStopping()
  await clearBirthStaging(register)
  await copyInto(register, bornCopy, linesOf(loading, ready))
  await fitStays(
    loading,
    [...ready.values()].map(({ birth }) => birth),
  )
  const { accepted, refused } = await insertBirths(register, kept, now)
  await refuseMerged(register, kept, now)
  tally.rowsAccepted += accepted
  for (const number of refused) {
    const { row } = ready.get(number)!
    ready.delete(number)
    rejections.push({ row, faults: [{ key: 'childIdNumber', code: 'id-number-taken' }] })
  }
  addFindings(tally, countOf([...ready.values()].flatMap(({ birth }) => birth.findings)))
  for (const [row, { birth }] of ready) {
    if (birth.facility === null || birth.facilityId !== null) continue
    unknown.count += 1
    if (unknown.first.length < ROWS_NAMED) unknown.first.push(row)
  }
  return rejections
}

function countOf(findings: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const finding of findings) counts[finding] = (counts[finding] ?? 0) + 1
  return counts
}

/** All that the register knows around the births of a chunk, and what the chunk itself adds as it is judged. */
async function survey(
  { register, row: { countyCode } }: Loading,
  chunk: Staged<BirthCandidate>[],
  people: People,
  facilities: ReadonlyMap<string, string>,
) {
  const motherOf = ({ motherIdNumber, occurredOn }: BirthCandidate) => people.of(motherIdNumber, occurredOn)
  const mothers = new Set(chunk.flatMap(({ candidate }) => motherOf(candidate)?.id ?? []))
  const siblings = new Map<string, SiblingOf[]>()
  for (const sibling of await findSiblingsOf(register, countyCode, [...mothers])) note(sibling)
  const unnumbered = await findUnnumbered(
    register,
    countyCode,
    chunk.flatMap(({ row, candidate }): Unnumbered[] => {
      const { childIdNumber, outcome, occurredOn, sex, childName: name } = candidate
      const householdId = motherOf(candidate)?.householdId
      if (childIdNumber !== null || outcome !== 'LIVE' || !householdId) return []
      return [{ row: row.number, householdId, occurredOn, sex, name }]
    }),
  )
  const certificates = await usedCertificates(
    register,
    countyCode,
    chunk.flatMap(({ candidate }) => candidate.certificateNumber ?? []),
  )
  const born = new Set<string>()

  function note(sibling: SiblingOf): void {
    siblings.set(sibling.motherId, [...(siblings.get(sibling.motherId) ?? []), sibling])
  }

  return {
    of(row: number, candidate: BirthCandidate): Around {
      const { fatherIdNumber, childIdNumber, occurredOn, sex, facility } = candidate
      const mother = motherOf(candidate)
      const met = unnumbered.get(row)
      const child =
        people.of(childIdNumber, occurredOn) ?? (met && { ...met, sex, birthDate: occurredOn, diedOn: null })
      return {
        mother,
        father: people.of(fatherIdNumber, occurredOn),
        child: child && born.has(child.id) ? { ...child, birthId: child.id } : child,
        siblings: mother ? (siblings.get(mother.id) ?? []) : [],
        facilityId: (facility !== null && facilities.get(facility)) || null,
      }
    },
    isCertificateTaken: (number: string | null) => number !== null && certificates.has(number),
    add({
      id,
      childId,
      motherId,
      occurredOn,
      sequence,
      plurality,
      orderOfMother,
      certificateNumber,
      outcome,
    }: ReadyBirth) {
      if (childId !== null) born.add(childId)
      if (certificateNumber !== null) certificates.add(certificateNumber)
      const isLive = outcome === 'LIVE'
      if (motherId !== null)
        note({
          motherId,
          birthId: id,
          childId,
          occurredOn,
          sequence,
          plurality,
          order: orderOfMother,
          isLive,
        })
    },
  }
}

function linesOf(
  { office, row: { countyCode: county } }: Loading,
  ready: ReadonlyMap<number, { row: FileRow; birth: ReadyBirth }>,
): Buffer[] {
  const { idNumber: numbers } = office.ciphers
  const number = (value: number | null) => (value === null ? null : String(value))
  const lines = [...ready].map(([row, { birth }]) => {
    const { newborn, childIdNumber } = birth
    const names = newborn && nameReadings(newborn.name)
    const own = newborn && childIdNumber
    return copyLine([
      String(row),
      birth.id,
      birth.childId,
      birth.motherId,
      birth.fatherId,
      birth.occurredOn,
      birth.occurredAt,
      birth.outcome,
      birth.sex,
      number(birth.orderOfMother),
      number(birth.motherAge),
      String(birth.plurality),
      String(birth.sequence),
      number(birth.gestationDays),
      number(birth.weightGrams),
      number(birth.lengthMillimetres),
      number(birth.apgar1),
      number(birth.apgar5),
      number(birth.apgar10),
      birth.delivery,
      birth.place,
      birth.facilityId,
      birth.certificateNumber,
      birth.certificateIssuedOn,
      birth.certificateType,
      birth.hukouRegisteredOn,
      birth.hepatitisBOn,
      birth.divisionCode,
      birth.hukouDivision,
      `{${birth.registers.join(',')}}`,
      `{${birth.findings.join(',')}}`,
      String(newborn !== null),
      newborn?.name ?? null,
      names?.pinyin ?? null,
      names?.initials ?? null,
      names?.others.map(({ pinyin, initials }) => `${pinyin}:${initials}`).join(' ') || null,
      newborn?.ethnicity ?? null,
      own ? copyBytes(numbers.encipher(own, { county, id: birth.childId! })) : null,
      own ? copyBytes(numbers.blindIndex(`01:${own}`)) : null,
      own ? maskIdNumber(own) : null,
      newborn?.householdId ?? null,
      newborn?.relation ?? null,
      newborn?.residenceStatus ?? null,
      String(birth.overwrites !== null),
      birth.overwrites && String(birth.overwrites.isOtherThanNumber),
    ])
  })
  return lines.length === 0 ? [] : [Buffer.from(lines.join(''))]
}

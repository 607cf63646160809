import type { ApplicationRow } from '@youyu/shared/subsidies/application-case'
import { factCatalogue } from '@youyu/shared/subsidies/facts'
import type { ProgrammeTerms } from '@youyu/shared/subsidies/programmes'
import { factsIn } from '@youyu/shared/subsidies/rules'
import { maskDate, maskName } from '@youyu/shared/population/masking'
import type { CivilDate, Id } from '@youyu/shared/values'
import type { Access } from '../../../access/access.ts'
import type { ListedApplication } from './queries.ts'
import { deedsOf } from './rules.ts'

const CLEAR = 'L2'
const YEARS_OF_CHILD = 14

/** Children under 14, and whoever asks by a disability, a loss or low income: their names are L3 (domain §9.1). */
export function isSensitive(
  terms: Pick<ProgrammeTerms, 'rule' | 'level' | 'subject'>,
  birthDate: CivilDate | null,
  today: CivilDate,
): boolean {
  if (terms.subject === 'CHILD') return true
  if (birthDate !== null && Number(today.slice(0, 4)) - Number(birthDate.slice(0, 4)) <= YEARS_OF_CHILD)
    return true
  return factsIn(terms.rule, terms.level).some((fact) => factCatalogue[fact].dataClass === 'L3')
}

/** Names of lists are masked for everybody; of a case they are plain to who may see them, unless they are L3. */
export const namedOf = (
  id: Id,
  name: string | null,
  birth: CivilDate | null,
  isPlain: boolean,
): { id: Id; name: string; birth: string | null } | null =>
  name === null
    ? null
    : { id, name: isPlain ? name : maskName(name), birth: birth && (isPlain ? birth : maskDate(birth)) }

export const maySeeNames = (access: Access): boolean => access.clearance >= CLEAR

export function shownRow(row: ListedApplication, access: Access, today: CivilDate): ApplicationRow {
  const { id, number, programme, programmeZh, programmeEn, claimYear, channel, state, stateSince, dueOn } =
    row
  return {
    ...{ id, number, programme: { code: programme, zh: programmeZh, en: programmeEn } },
    subject: namedOf(row.subjectId, row.subjectName, row.subjectBirth, false),
    applicant: namedOf(row.applicantId, row.applicantName, row.applicantBirth, false),
    claimYear: claimYear || null,
    ...{ channel, division: { code: row.divisionCode, name: row.divisionName }, state, stateSince, dueOn },
    isOverdue: dueOn !== null && dueOn < today,
    ...{ filedOn: row.filedOn, decidedOn: row.decidedOn, isMet: row.isMet, missing: row.missing },
    deeds: deedsOf(row, access, today),
    version: row.version,
  }
}

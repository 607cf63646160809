import type { ChildSurvey, FamilyFile, FamilyFileRow } from '@youyu/shared/birth-defects/family-files'
import type { Access } from '../../../access/access.ts'
import type { Office } from '../../../office.ts'
import type { CounsellingRow, FileRow, NamedPerson, SurveyRow } from './queries.ts'

/** What stands in the cipher of a counselling. */
export type CounsellingWords = { pedigree?: string | undefined; explained?: string | undefined }
/** What stands in the cipher of a survey. */
export type SurveyWords = { condition?: string | undefined; relatives?: string | undefined }

export function shownFileRow(row: FileRow): FamilyFileRow {
  const { id, childId, name, sex, birthDate, knownOn, openedOn, closedOn, version } = row
  return {
    ...{ id, knownOn, openedOn, closedOn, version, child: { id: childId, name, sex, birthDate } },
    knownBy: row.knownBy as FamilyFileRow['knownBy'],
    contact: row.contact as FamilyFileRow['contact'],
    wish: row.wish as FamilyFileRow['wish'],
  }
}

export function shownSurvey({ ciphers }: Office, { county }: Access, row: SurveyRow): ChildSurvey {
  const { id, childId, name, sex, birthDate, surveyedOn, icd10, fileId, voidedAt } = row
  const words: SurveyWords = row.noteCipher
    ? (JSON.parse(ciphers.clinical.decipher(row.noteCipher, { county, id })) as SurveyWords)
    : {}
  return {
    ...{ id, surveyedOn, icd10, fileId, child: { id: childId, name, sex, birthDate } },
    familyHistory: row.familyHistory as ChildSurvey['familyHistory'],
    condition: words.condition ?? null,
    relatives: words.relatives ?? null,
    voidedAt: voidedAt?.toISOString() ?? null,
  }
}

type Parts = {
  people: readonly NamedPerson[]
  counsellings: readonly CounsellingRow[]
  surveys: readonly SurveyRow[]
  followUpId: string | null
}

export function shownFile(
  office: Office,
  access: Access,
  row: FileRow,
  { people, counsellings, surveys, followUpId }: Parts,
): FamilyFile {
  const { county } = access
  const { clinical } = office.ciphers
  const named = (id: string | null) => people.find((person) => person.id === id) ?? null
  return {
    ...shownFileRow(row),
    ...{ mother: named(row.motherId), father: named(row.fatherId), followUpId },
    note: row.noteCipher && clinical.decipher(row.noteCipher, { county, id: row.id }),
    counsellings: counsellings.map(({ fileId: _, noteCipher, voidedAt, ...each }) => {
      const words = JSON.parse(clinical.decipher(noteCipher, { county, id: each.id })) as CounsellingWords
      return {
        ...each,
        inheritance: each.inheritance as FamilyFile['counsellings'][number]['inheritance'],
        recurrence: each.recurrence as FamilyFile['counsellings'][number]['recurrence'],
        pedigree: words.pedigree ?? null,
        explained: words.explained ?? null,
        voidedAt: voidedAt?.toISOString() ?? null,
      }
    }),
    surveys: surveys.map((survey) => {
      const { child: _, ...shown } = shownSurvey(office, access, survey)
      return shown
    }),
  }
}

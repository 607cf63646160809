import type { CivilDate, Id } from '@youyu/shared/values'
import { factsOf, type Kept } from '../queries-facts.ts'
import { prenatalDiagnoses } from './tables.ts'

export type DiagnosisFact = Kept & {
  chainId: Id
  womanId: Id
  pregnancyId: Id | null
  caseId: Id | null
  indications: string[]
  offeredOn: CivilDate
  counsellor: string | null
  understood: boolean | null
  decision: 'AGREED' | 'DECLINED' | 'UNDECIDED'
  method: 'CVS' | 'AMNIO' | 'CORDO' | 'IMAGING' | null
  performedOn: CivilDate | null
  gestationDays: number | null
  inWindow: boolean | null
  tests: string[]
  result: 'NORMAL' | 'ABNORMAL' | 'UNCERTAIN' | 'FAILED' | null
  reportedOn: CivilDate | null
  defectCodes: string[]
  counselledOn: CivilDate | null
  findingsCipher: Buffer | null
  noteCipher: Buffer | null
  version: number
}

export const diagnoses = factsOf<DiagnosisFact>(prenatalDiagnoses, 'womanId')

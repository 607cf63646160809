import type { CivilDate, Id } from '@youyu/shared/values'
import { factsOf, type Kept } from '../../queries-facts.ts'
import { cchdScreens } from '../tables.ts'

export type CchdRow = Kept & {
  childId: Id
  motherId: Id | null
  chainId: Id | null
  bornOn: CivilDate
  occurredOn: CivilDate
  hoursAfterBirth: number
  murmurGrade: number
  hand: number
  foot: number
  repeatMinutes: number | null
  repeatHand: number | null
  repeatFoot: number | null
  outcome: 'NEGATIVE' | 'REPEAT' | 'POSITIVE'
  reasons: string[]
  findings: string[]
  echoBy: CivilDate | null
  echoOn: CivilDate | null
  echoResult: 'NORMAL' | 'MINOR' | 'DEFECT' | null
  diagnosisCodes: string[]
  noteCipher: Buffer | null
  version: number
}

export const hearts = factsOf<CchdRow>(cchdScreens, 'childId')

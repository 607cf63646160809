import type { HearingOutcome, HearingStage } from '@youyu/shared/birth-defects/hearing-screens'
import type { CivilDate, Id } from '@youyu/shared/values'
import { factsOf, type Kept } from '../../queries-facts.ts'
import { hearingScreens } from '../tables.ts'

export type HearingRow = Kept & {
  childId: Id
  motherId: Id | null
  chainId: Id | null
  bornOn: CivilDate
  stage: HearingStage
  occurredOn: CivilDate
  ageDays: number
  method: 'OAE' | 'AABR' | 'OAE_AABR' | 'ABR' | 'OTHER'
  left: 'PASS' | 'REFER' | 'NOT_TESTED' | null
  right: 'PASS' | 'REFER' | 'NOT_TESTED' | null
  outcome: HearingOutcome
  dueBy: CivilDate | null
  diagnosisCodes: string[]
  noteCipher: Buffer | null
}

export const hearings = factsOf<HearingRow>(hearingScreens, 'childId')

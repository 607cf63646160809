import type { CareIndicatorCode } from '@youyu/shared/contraception/statistics'
import { abortions, complications, procedures, pearl } from './measures-procedures.ts'
import * as checks from './measures-checks.ts'
import * as counsel from './measures-counsel.ts'
import * as use from './measures-use.ts'
import type { Measure } from '../../../population/index.ts'

const measures: Record<CareIndicatorCode, Measure> = {
  'CON-01': use.prevalence,
  'CON-02': use.mix,
  'CON-03': use.larcShare,
  'CON-04': use.longActingShare,
  'CON-05': use.demandSatisfied,
  'CON-06': counsel.timelyOffer,
  'CON-07': counsel.needMet,
  'CON-08': pearl,
  'CON-09': counsel.informedChoice,
  'CON-10': counsel.counsellingQuality,
  'CON-11': counsel.followUp,
  'CON-12': counsel.removalInAWeek,
  'CON-13': complications,
  'CON-14': procedures,
  'CON-15': abortions,
  'CON-16': checks.coverage,
  'CON-17': checks.planExecution,
  'CON-18': checks.detection,
  'CON-19': checks.twoCancer,
  'CON-20': checks.stockOuts,
  'CON-21': checks.reach,
  'CON-22': counsel.closing,
  'CON-23': checks.infertility,
  'CON-24': checks.men,
}

export function measureOf(code: CareIndicatorCode): Measure {
  return measures[code]!
}

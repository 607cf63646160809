import { antenatalFeature } from '../features/antenatal/index.ts'
import { beforePregnancyFeature } from '../features/before-pregnancy/index.ts'
import { birthDefectChainFeature } from '../features/birth-defect-chain/index.ts'
import { birthDefectStatisticsFeature } from '../features/birth-defect-statistics/index.ts'
import { careFeature } from '../features/care/index.ts'
import { careRulesFeature } from '../features/care-rules/index.ts'
import { checkUpsFeature } from '../features/check-ups/index.ts'
import { childFollowUpFeature } from '../features/child-follow-up/index.ts'
import { contraceptionStatisticsFeature } from '../features/contraception-statistics/index.ts'
import { defectSurveillanceFeature } from '../features/defect-surveillance/index.ts'
import { dueServicesFeature } from '../features/due-services/index.ts'
import { laboratoryFeature } from '../features/laboratory/index.ts'
import { newbornScreeningFeature } from '../features/newborn-screening/index.ts'
import { outreachFeature } from '../features/outreach/index.ts'
import { prenatalFeature } from '../features/prenatal/index.ts'
import { suppliesFeature } from '../features/supplies/index.ts'

/** Contraception services and the birth-defect intervention chain, in reading order. */
export const careFeatures = [
  careRulesFeature,
  careFeature,
  dueServicesFeature,
  suppliesFeature,
  checkUpsFeature,
  outreachFeature,
  contraceptionStatisticsFeature,
  birthDefectChainFeature,
  antenatalFeature,
  beforePregnancyFeature,
  birthDefectStatisticsFeature,
  prenatalFeature,
  newbornScreeningFeature,
  laboratoryFeature,
  childFollowUpFeature,
  defectSurveillanceFeature,
]

import type { App, Office } from '../../office.ts'
import { coupleCheckRoutes } from './couple-checks/index.ts'
import { premaritalRoutes } from './premarital/index.ts'
import { preconceptionRoutes } from './preconception/index.ts'
import { torchRoutes } from './torch/index.ts'
import { folicAcidRoutes } from './folic-acid/index.ts'
import { antenatalRoutes } from './antenatal/index.ts'
import { carePlanRoutes } from './care-plans/index.ts'
import { decisionTableRoutes } from './decision-support/index.ts'
import { referralRoutes } from './referrals/index.ts'
import { caseReviewRoutes } from './case-reviews/index.ts'
import { birthDefectStatisticsRoutes } from './statistics/index.ts'
import { chainRoutes } from './chains/index.ts'
import { childFollowUpRoutes } from './child-follow-up/index.ts'
import { familyFileRoutes } from './family-files/index.ts'
import { fhirRoutes } from './fhir/index.ts'
import { laboratoryRoutes } from './laboratory/index.ts'
import { defectCaseRoutes } from './defect-cases/index.ts'
import { defectCategoryRoutes } from './defect-categories/index.ts'
import { defectPhotoRoutes } from './defect-photos/index.ts'
import { defectReturnRoutes } from './defect-returns/index.ts'
import { missedCaseRoutes } from './missed-cases/index.ts'
import { newbornScreenRoutes } from './newborn-screens/index.ts'
import { prenatalDiagnosisRoutes } from './prenatal-diagnoses/index.ts'
import { prenatalScreenRoutes } from './prenatal-screens/index.ts'
import { screenPositiveRoutes } from './screen-positives/index.ts'
import { screeningParameterRoutes } from './screening-parameters/index.ts'
import { terminationRoutes } from './terminations/index.ts'

/** The birth-defect intervention chain, from the premarital check-up to the follow-up of a child. */
export function birthDefectRoutes(app: App, office: Office): void {
  antenatalRoutes(app, office)
  carePlanRoutes(app, office)
  referralRoutes(app, office)
  decisionTableRoutes(app, office)
  chainRoutes(app, office)
  coupleCheckRoutes(app, office)
  premaritalRoutes(app, office)
  preconceptionRoutes(app, office)
  torchRoutes(app, office)
  folicAcidRoutes(app, office)
  laboratoryRoutes(app, office)
  fhirRoutes(app, office)
  childFollowUpRoutes(app, office)
  familyFileRoutes(app, office)
  birthDefectStatisticsRoutes(app, office)
  defectCategoryRoutes(app, office)
  defectCaseRoutes(app, office)
  defectPhotoRoutes(app, office)
  caseReviewRoutes(app, office)
  missedCaseRoutes(app, office)
  defectReturnRoutes(app, office)
  screeningParameterRoutes(app, office)
  prenatalScreenRoutes(app, office)
  screenPositiveRoutes(app, office)
  prenatalDiagnosisRoutes(app, office)
  terminationRoutes(app, office)
  newbornScreenRoutes(app, office)
}

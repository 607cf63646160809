import { applicationsFeature } from '../features/applications/index.ts'
import { circumstancesFeature } from '../features/circumstances/index.ts'
import { benefitCoverageFeature } from '../features/benefit-coverage/index.ts'
import { benefitProposalsFeature } from '../features/benefit-proposals/index.ts'
import { benefitSimulationsFeature } from '../features/benefit-simulations/index.ts'
import { programmesFeature } from '../features/programmes/index.ts'
import { beneficiariesFeature } from '../features/beneficiaries/index.ts'
import { overpaymentsFeature } from '../features/overpayments/index.ts'
import { paymentsFeature } from '../features/payments/index.ts'
import { paymentAccountsFeature } from '../features/payment-accounts/index.ts'
import { subsidyLedgerFeature } from '../features/subsidy-ledger/index.ts'
import { financeStatementsFeature } from '../features/finance-statements/index.ts'
import { subsidyIndicatorsFeature } from '../features/subsidy-indicators/index.ts'
import { publicNoticesFeature } from '../features/public-notices/index.ts'
import { claimMatchesFeature } from '../features/claim-matches/index.ts'
import { verificationsFeature } from '../features/verifications/index.ts'
import { specialFamiliesFeature } from '../features/special-families/index.ts'
import { otherBenefitsFeature } from '../features/other-benefits/index.ts'
import type { Feature } from '../ui/navigation.ts'

/** From rule to bank and back, in reading order. */
export const subsidyFeatures: Feature[] = [
  applicationsFeature,
  circumstancesFeature,
  programmesFeature,
  benefitSimulationsFeature,
  benefitCoverageFeature,
  benefitProposalsFeature,
  beneficiariesFeature,
  overpaymentsFeature,
  paymentsFeature,
  paymentAccountsFeature,
  subsidyLedgerFeature,
  financeStatementsFeature,
  subsidyIndicatorsFeature,
  publicNoticesFeature,
  claimMatchesFeature,
  verificationsFeature,
  specialFamiliesFeature,
  otherBenefitsFeature,
]

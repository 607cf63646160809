import type { App, Office } from '../../office.ts'
import { eligibilityRoutes, useEligibilityNights } from './eligibility/index.ts'
import { proposalRoutes } from './proposals/index.ts'
import { simulationRoutes } from './simulations/index.ts'
import { circumstanceRoutes } from './circumstances/index.ts'
import { programmeChangeRoutes } from './programme-changes/index.ts'
import { programmeRoutes } from './programmes/index.ts'
import { closedLedgerRoutes } from './closed-ledgers/index.ts'
import { familyProjectRoutes } from './family-projects/index.ts'
import { feeWaiverRoutes } from './fee-waivers/index.ts'
import { hospitalStayRoutes } from './hospital-stays/index.ts'
import { insuranceRoutes } from './insurance/index.ts'
import { rosterRoutes } from './benefit-rosters/index.ts'
import { settlementRoutes } from './settlements/index.ts'
import { specialFamilyRoutes } from './special-families/index.ts'
import { bankExchangeRoutes, startBankWork } from './bank-exchange/index.ts'
import { bankLayoutRoutes } from './bank-layouts/index.ts'
import { bankReturnRoutes } from './bank-returns/index.ts'
import { paymentAccountRoutes } from './payment-accounts/index.ts'
import { paymentBatchRoutes } from './payment-batches/index.ts'
import { paymentItemRoutes } from './payment-items/index.ts'
import { applicationRoutes } from './applications/index.ts'
import { attachmentRoutes } from './attachments/index.ts'
import { beneficiaryRoutes } from './beneficiaries/index.ts'
import { claimRoutes, useClaimExchange } from './claims/index.ts'
import { noticeBoardRoutes } from './notice-board/index.ts'
import { noticeRoutes } from './notices/index.ts'
import { objectionRoutes } from './objections/index.ts'
import { verificationRoutes } from './verifications/index.ts'
import { entitlementRoutes, useEntitlementNights } from './entitlements/index.ts'
import { fundRoutes } from './funds/index.ts'
import { subsidyIndicatorRoutes } from './indicators/index.ts'
import { ledgerRoutes } from './ledger/index.ts'
import { overpaymentRoutes } from './overpayments/index.ts'
import { useLedgerSealing } from './seals/index.ts'
import { statementRoutes } from './statements/index.ts'

export { keptOf, receiveFile, type Received } from './attachments/index.ts'
export { sealLedger, verifyLedger } from './seals/index.ts'

export { runBankWork } from './bank-exchange/index.ts'
export { fenOf, readerOf, writerOf, yuanOf, type Fault } from './bank-layouts/index.ts'
export { openAccounts } from './payment-accounts/index.ts'

/** Benefits, from the rule to the bank and back. */
export function subsidyRoutes(app: App, office: Office): void {
  programmeRoutes(app, office)
  programmeChangeRoutes(app, office)
  circumstanceRoutes(app, office)
  applicationRoutes(app, office)
  eligibilityRoutes(app, office)
  useEligibilityNights(app, office)
  simulationRoutes(app, office)
  proposalRoutes(app, office)
  attachmentRoutes(app, office)
  claimRoutes(app, office)
  useClaimExchange(app, office)
  noticeRoutes(app, office)
  objectionRoutes(app, office)
  noticeBoardRoutes(app, office)
  verificationRoutes(app, office)
  beneficiaryRoutes(app, office)
  entitlementRoutes(app, office)
  useEntitlementNights(app, office)
  overpaymentRoutes(app, office)
  ledgerRoutes(app, office)
  useLedgerSealing(app, office)
  fundRoutes(app, office)
  statementRoutes(app, office)
  subsidyIndicatorRoutes(app, office)
  paymentAccountRoutes(app, office)
  paymentBatchRoutes(app, office)
  paymentItemRoutes(app, office)
  bankLayoutRoutes(app, office)
  bankExchangeRoutes(app, office)
  bankReturnRoutes(app, office)
  if (office.config.WORKERS) startBankWork(app, office)
  specialFamilyRoutes(app, office)
  insuranceRoutes(app, office)
  hospitalStayRoutes(app, office)
  feeWaiverRoutes(app, office)
  settlementRoutes(app, office)
  rosterRoutes(app, office)
  familyProjectRoutes(app, office)
  closedLedgerRoutes(app, office)
}

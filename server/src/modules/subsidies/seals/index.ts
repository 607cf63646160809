export { sealLedger, useLedgerSealing } from './sealing.ts'
export { verifyLedger } from './verification.ts'

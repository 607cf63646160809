export {
  activateBeneficiaries,
  noteVerified,
  resumeBeneficiaries,
  stopBeneficiaries,
  suspendBeneficiaries,
} from './standing.ts'
export { beneficiaryRoutes } from './routes.ts'

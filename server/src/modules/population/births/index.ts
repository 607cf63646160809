export { birthRoutes } from './routes.ts'
export {
  birthFaults,
  birthFindings,
  customaryName,
  expectedOrder,
  isLate,
  relationOfChild,
  statusOfChild,
  type Sibling,
} from './rules.ts'

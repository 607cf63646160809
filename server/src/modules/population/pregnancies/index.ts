export { deliverPregnancy } from './queries-births.ts'

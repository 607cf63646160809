export { deliverPregnancy, followCorrectedBirth, resumePregnancy } from './queries-births.ts'
export { keepPurple } from './service.ts'
export { carryOut as carryOutVisit } from './visits/service.ts'

export { followBirth, linkToBirth as linkRegistrations } from './queries-births.ts'

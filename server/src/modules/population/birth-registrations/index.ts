export {
  followBirth,
  linkingRegistrations,
  linkToBirth as linkRegistrations,
  toldLinks,
  type Linked,
} from './queries-births.ts'

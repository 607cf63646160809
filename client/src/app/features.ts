import { accessLogFeature } from '../features/access-log/index.ts'
import { accountsFeature } from '../features/accounts/index.ts'
import { apiClientsFeature } from '../features/api-clients/index.ts'
import { birthRegistrationsFeature } from '../features/birth-registrations/index.ts'
import { childcareFeature } from '../features/childcare/index.ts'
import { divisionsFeature } from '../features/divisions/index.ts'
import { eventsFeature } from '../features/events/index.ts'
import { exportsFeature } from '../features/exports/index.ts'
import { homeFeature } from '../features/home/index.ts'
import { householdsFeature } from '../features/households/index.ts'
import { importsFeature } from '../features/imports/index.ts'
import { indicatorsFeature } from '../features/indicators/index.ts'
import { jobsFeature } from '../features/jobs/index.ts'
import { organisationsFeature } from '../features/organisations/index.ts'
import { populationBookFeature } from '../features/population-book/index.ts'
import { personsFeature } from '../features/persons/index.ts'
import { pregnanciesFeature } from '../features/pregnancies/index.ts'
import { reportCheckFeature } from '../features/report-check/index.ts'
import { usersFeature } from '../features/users/index.ts'

/** What the shell is made of, in reading order; the pages of care are fetched for those who have some (care-features.ts). */
export const features = [
  homeFeature,
  personsFeature,
  householdsFeature,
  eventsFeature,
  birthRegistrationsFeature,
  pregnanciesFeature,
  childcareFeature,
  populationBookFeature,
  indicatorsFeature,
  reportCheckFeature,
  importsFeature,
  exportsFeature,
  jobsFeature,
  divisionsFeature,
  organisationsFeature,
  usersFeature,
  apiClientsFeature,
  accessLogFeature,
  accountsFeature,
]

import { accessLogFeature } from '../features/access-log/index.ts'
import { accountsFeature } from '../features/accounts/index.ts'
import { apiClientsFeature } from '../features/api-clients/index.ts'
import { birthRegistrationsFeature } from '../features/birth-registrations/index.ts'
import { careFeature } from '../features/care/index.ts'
import { careRulesFeature } from '../features/care-rules/index.ts'
import { checkUpsFeature } from '../features/check-ups/index.ts'
import { childcareFeature } from '../features/childcare/index.ts'
import { contraceptionStatisticsFeature } from '../features/contraception-statistics/index.ts'
import { divisionsFeature } from '../features/divisions/index.ts'
import { dueServicesFeature } from '../features/due-services/index.ts'
import { eventsFeature } from '../features/events/index.ts'
import { exportsFeature } from '../features/exports/index.ts'
import { homeFeature } from '../features/home/index.ts'
import { householdsFeature } from '../features/households/index.ts'
import { importsFeature } from '../features/imports/index.ts'
import { indicatorsFeature } from '../features/indicators/index.ts'
import { jobsFeature } from '../features/jobs/index.ts'
import { organisationsFeature } from '../features/organisations/index.ts'
import { populationBookFeature } from '../features/population-book/index.ts'
import { outreachFeature } from '../features/outreach/index.ts'
import { personsFeature } from '../features/persons/index.ts'
import { pregnanciesFeature } from '../features/pregnancies/index.ts'
import { reportCheckFeature } from '../features/report-check/index.ts'
import { suppliesFeature } from '../features/supplies/index.ts'
import { usersFeature } from '../features/users/index.ts'

/** What the shell is made of, in reading order. */
export const features = [
  homeFeature,
  personsFeature,
  householdsFeature,
  eventsFeature,
  birthRegistrationsFeature,
  pregnanciesFeature,
  childcareFeature,
  careRulesFeature,
  populationBookFeature,
  indicatorsFeature,
  reportCheckFeature,
  careFeature,
  dueServicesFeature,
  suppliesFeature,
  checkUpsFeature,
  outreachFeature,
  contraceptionStatisticsFeature,
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

import type { Application } from '@youyu/shared/subsidies/application-case'
import type { Officer, TestOffice } from './office.ts'
import { bodyOf, furnishPlaces, places } from './register.ts'

export const applicationsUrl = '/api/v1/applications'
/** What an applicant shows at the counter. */
export const seen = [{ type: 'ID_CARD', document: '居民身份证' }, { type: 'ACCOUNT_PROOF' }]

export type Counter = {
  /** Registers people. */
  clerk: Officer
  /** Files and accepts. */
  town: Officer
  /** Reviews what the first has accepted. */
  otherTown: Officer
  /** Confirms. */
  subsidy: Officer
}

/** Those through whose hands an application goes in a county, in June 2026. */
export async function openCounter(office: TestOffice): Promise<Counter> {
  office.setNow(new Date('2026-06-15T02:00:00Z'))
  await furnishPlaces(office)
  return {
    clerk: await office.officer('county_population', places.county),
    town: await office.officer('township_worker', places.street),
    otherTown: await office.officer('township_worker', places.street),
    subsidy: await office.officer('county_subsidy', places.county),
  }
}

/** A step of an application, as it was seen. */
export const deed = (by: Officer, { id, version }: Application, noun: string, body?: object) =>
  by.post(`${applicationsUrl}/${id}/${noun}`, body, { ifMatch: version })

export async function done(
  by: Officer,
  application: Application,
  noun: string,
  body?: object,
): Promise<Application> {
  return bodyOf<Application>(await deed(by, application, noun, body), 201)
}

export const accepted = async ({ town }: Counter, application: Application) =>
  await done(town, application, 'acceptances', { decision: 'ACCEPT' })

export const reviewed = async (counter: Counter, application: Application) =>
  await done(counter.otherTown, await accepted(counter, application), 'town-reviews', { decision: 'PASS' })

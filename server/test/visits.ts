import type { OperatorLicence } from '@youyu/shared/contraception/operator-licences'
import type { Procedure } from '@youyu/shared/contraception/procedures'
import type { Clinic } from './clinic.ts'
import type { Officer, TestOffice } from './office.ts'
import { bodyOf, places } from './register.ts'

let serial = 0

/** An operator licensed for everything, or for what is given. */
export async function licenseOperator(
  office: TestOffice,
  organisationId: string,
  given: object = {},
): Promise<OperatorLicence> {
  const county = await office.officer('county_mch', places.county)
  const body = {
    ...{ organisationId, name: '李医生', certificateNumber: `JS-${(serial += 1)}`, validFrom: '2015-01-01' },
    procedures: ['P01', 'P02', 'P03', 'P04', 'P05', 'P06', 'P07', 'P08', 'P09', 'P10', 'P11', 'P12', 'P13'],
    ...given,
  }
  return bodyOf<OperatorLicence>(await county.post('/api/v1/operator-licences', body), 201)
}

/** What she was told and that she chose freely. */
export const choosing = (method: string) => ({
  methodsExplained: ['M00', 'M30', 'M31', 'M40', 'M60', 'M70', 'M10', 'M20'],
  effectivenessExplained: true,
  sideEffectsExplained: true,
  followUpExplained: true,
  stiProtection: true,
  decision: 'ACCEPT',
  chosenMethod: method,
  freeOfPressure: true,
  consentForm: 'SIGNATURE',
})

export const consenting = { kind: 'PROCEDURE', evidence: 'SIGNED' }

/** Counselling, consent and insertion in one visit. */
export const insertion = (clientId: string, occurredOn: string, operatorId: string, given: object = {}) => ({
  ...{ clientId, occurredOn },
  choice: choosing('M30'),
  consent: consenting,
  procedure: { do: 'PERFORM', type: 'P01', operatorId, method: 'M30', iudTiming: '01', ...given },
})

/** A removal that she asks for, and its version. */
export async function askRemoval(
  clinician: Officer,
  clientId: string,
  requestedOn: string,
  given: object = {},
): Promise<Procedure> {
  return bodyOf<Procedure>(
    await clinician.post('/api/v1/procedures', { clientId, type: 'P02', requestedOn, ...given }),
    201,
  )
}

export async function consentFor(clinic: Clinic, clientId: string, givenOn: string): Promise<string> {
  const body = { clientId, givenOn, ...consenting }
  return bodyOf<{ id: string }>(await clinic.clinician.post('/api/v1/care-consents', body), 201).id
}

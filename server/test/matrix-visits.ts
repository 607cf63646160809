import type { TestOffice } from './office.ts'
import type { Place } from './county.ts'
import { choosing, consenting } from './visits.ts'

export type VisitRecords = {
  encounter: string
  careConsent: string
  episode: string
  procedure: string
  complication: string
  operatorLicence: string
}

export const visitNouns = {
  clients: 'person',
  encounters: 'encounter',
  'care-consents': 'careConsent',
  'method-episodes': 'episode',
  procedures: 'procedure',
  complications: 'complication',
  'operator-licences': 'operatorLicence',
} as const

const occurredOn = '2026-08-01'
type Make = (noun: string, body: object) => Promise<string>

/** What a facility keeps of a client's visits. */
export async function visitsOf(
  office: TestOffice,
  place: Place,
  made: Make,
  { clientId, station }: { clientId: string; station: string },
): Promise<VisitRecords> {
  const county = await office.officer('county_mch', place.county)
  const licence = await county.post('/api/v1/operator-licences', {
    ...{ organisationId: station, name: '医生', certificateNumber: `M-${station}`, procedures: ['P01'] },
    validFrom: '2020-01-01',
  })
  if (licence.status !== 201) throw new Error(licence.text)
  const kept = { clientId, evidence: 'SIGNED', givenOn: occurredOn }
  return {
    operatorLicence: (licence.body as { id: string }).id,
    encounter: await made('encounters', { clientId, occurredOn }),
    careConsent: await made('care-consents', { ...kept, kind: 'FOLLOW_UP' }),
    episode: await made('method-episodes', { clientId, method: 'M70', startedOn: occurredOn }),
    procedure: await made('procedures', { clientId, type: 'P02', requestedOn: occurredOn }),
    complication: await made('complications', {
      ...{ clientId, procedureType: 'P01', type: 'PAIN', severity: 'MILD', onsetOn: occurredOn },
    }),
  }
}

type Known = VisitRecords & { mother: string; organisation: string }

export const visitBodies: Record<string, (records: Known) => unknown> = {
  recordEncounter: ({ mother }) => ({
    ...{ clientId: mother, occurredOn, choice: choosing('M60'), episode: { do: 'START', method: 'M60' } },
    consent: consenting,
  }),
  correctEncounter: () => ({ set: { place: 'HOME' }, reason: '误录' }),
  voidEncounter: () => ({ reason: '误录' }),
  recordConsent: ({ mother }) => ({
    clientId: mother,
    kind: 'REMINDERS',
    givenOn: occurredOn,
    evidence: 'VERBAL',
  }),
  withdrawConsent: () => ({ withdrawnOn: occurredOn }),
  voidConsent: () => ({ reason: '误录' }),
  recordEpisode: ({ mother }) => ({ clientId: mother, method: 'M60', startedOn: '2025-01-01' }),
  endEpisode: () => ({ endedOn: '2026-08-02', endReason: 'PREFERENCE' }),
  correctEpisode: () => ({ set: { ownSource: 'PURCHASED' }, reason: '误录' }),
  voidEpisode: () => ({ reason: '误录' }),
  requestProcedure: ({ mother }) => ({ clientId: mother, type: 'P02', requestedOn: occurredOn }),
  stepProcedure: () => ({ to: 'CANCELLED', on: occurredOn }),
  correctProcedure: () => ({ set: { isSmooth: false }, reason: '误录' }),
  voidProcedure: () => ({ reason: '误录' }),
  recordComplication: ({ mother }) => ({
    ...{ clientId: mother, procedureType: 'P01', type: 'PAIN', severity: 'MILD', onsetOn: occurredOn },
  }),
  assessComplication: () => ({ grade: 3, certificateNumber: 'BFZ-1', assessedOn: occurredOn, level: 'CITY' }),
  voidComplication: () => ({ reason: '误录' }),
  createOperatorLicence: ({ organisation }) => ({
    ...{ organisationId: organisation, name: '医生', certificateNumber: `M-${Math.random()}` },
    ...{ procedures: ['P01'], validFrom: '2020-01-01' },
  }),
  changeOperatorLicence: () => ({ isExpert: false }),
}

import { checkIn, type CheckValues } from '../check-fields/index.ts'

type Values = CheckValues & { clientId: string; occurredOn: string }

/** What the quick entry says, as a check-up in the village of the session. */
export function visitIn(values: unknown, sessionId: string): unknown {
  const { clientId, occurredOn, ...check } = values as Values
  return {
    ...(clientId && { clientId }),
    ...(occurredOn && { occurredOn }),
    ...checkIn(check),
    place: 'VILLAGE',
    sessionId,
  }
}

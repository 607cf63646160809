type Recorded = { recordedAt: Date; voidedAt: Date | null; voidReason: string | null }

/** What was recorded by a moment, as it stood then: what was voided later still holds. */
export function asKnownAt<Event extends Recorded>(events: readonly Event[], moment: Date): Event[] {
  return events
    .filter(({ recordedAt }) => recordedAt <= moment)
    .map((event) =>
      event.voidedAt && event.voidedAt > moment ? { ...event, voidedAt: null, voidReason: null } : event,
    )
    .filter(({ voidedAt }) => voidedAt === null)
}

/** What narrows the list of events; it lives in the address. */
export const criteriaKeys = ['division', 'from', 'to', 'code', 'sex', 'show'] as const
export type Criteria = Record<(typeof criteriaKeys)[number], string>

/** The part of the criteria that every list of events understands. */
export function commonQuery({ division, from, to, show }: Criteria) {
  return {
    division: division || undefined,
    from: from || undefined,
    to: to || undefined,
    voided: show === 'voided' ? ('true' as const) : undefined,
  }
}

export const lateQuery = ({ show }: Criteria) => ({ late: show === 'late' ? ('true' as const) : undefined })

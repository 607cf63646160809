export const cuts = ['none', 'part', 'month', 'year'] as const
export type Cut = (typeof cuts)[number]

export const bases = ['MONTH_RANGE', 'CALENDAR_YEAR', 'STAT_YEAR'] as const
export type Basis = (typeof bases)[number]

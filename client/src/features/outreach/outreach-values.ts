import { outreachCounters } from '@youyu/shared/contraception/outreach'
import type { Outreach } from '@youyu/shared/contraception/outreach'

type Values = Record<string, string> & { sites: string[]; kit: string[] }

const counts = [...outreachCounters, 'days', 'workUnits', 'visitingExperts'] as const

/** A session as its form holds it: numbers as typed, the team as one line, hours for minutes. */
export function valuesOf(session: Outreach | null, today: string): Record<string, unknown> {
  return {
    facilityId: session?.facilityId ?? '',
    kind: session?.kind ?? 'ROUND',
    occurredOn: session?.occurredOn ?? today,
    sites: session?.sites.map(({ code }) => code) ?? [''],
    team: session?.team.join('、') ?? '',
    hours: session ? String(session.minutes / 60) : '',
    vehicle: session?.vehicle ?? '',
    kit: session?.kit ?? [],
    note: session?.note ?? '',
    ...Object.fromEntries(
      counts.map((key) => [key, session ? String(session[key]) : key === 'days' ? '1' : '0']),
    ),
  }
}

export function outreachIn(values: unknown, isNew: boolean): unknown {
  const { facilityId, kind, occurredOn, sites, team, hours, vehicle, kit, note, ...rest } = values as Values
  return {
    ...(isNew && { facilityId }),
    ...{ kind, occurredOn, kit },
    sites: sites.filter((site) => site !== ''),
    team: (team ?? '').split(/[、，,\s]+/).filter((name) => name !== ''),
    minutes: Math.round(Number(hours || 0) * 60),
    vehicle: vehicle || null,
    note: note || null,
    ...Object.fromEntries(counts.map((key) => [key, Number(rest[key] || 0)])),
  }
}

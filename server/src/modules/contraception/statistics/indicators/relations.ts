import type { Relations } from '../../../population/index.ts'

const both = (column: string) => ({ residence: column, hukou: column })

const place = both('f.division_code')

/** Over counts only: there is no record of a person behind any of them (E8). */
const ofCounts = { base: 'true', place, day: null, isPresent: false, named: null, record: null } as const

/** Numbers that the database's owner counts over the records of care and hands out without them. */
const outcomes = (measure: string) => ({
  ...ofCounts,
  from: `lateral app.care_outcomes(p.county_code, '${measure}', p.from_on, p.until_on, p.today) f`,
})

export const relations = {
  /** Methods in use at a period's end, by method and union. */
  users: {
    ...ofCounts,
    from: `lateral (
      select k.county_code, k.division_code, k.method, k.in_union, sum(k.started - k.ended) as users,
        coalesce(sum(k.started - k.ended) filter (where extract(year from p.until_on)::int - k.birth_year between 15 and 49), 0) as of_age
      from method_months k where k.county_code = p.county_code and k.month <= p.until_on group by 1, 2, 3, 4
    ) f`,
  },
  /** Women in union as last counted in the month of a period's end. */
  women: {
    ...ofCounts,
    from: 'union_women f',
    base: `f.month = date_trunc('month', p.until_on)::date`,
  },
  care: { ...ofCounts, from: 'care_tallies f', day: 'f.month', named: 'f.month' },
  offer: outcomes('offer'),
  need: outcomes('need'),
  start: outcomes('start'),
  followUp: outcomes('follow-up'),
  removal: outcomes('removal'),
  complication: outcomes('complication'),
  check: outcomes('check'),
  twoCancer: outcomes('two-cancer'),
  use: { ...ofCounts, from: 'lateral app.method_use(p.county_code, p.from_on, p.until_on) f' },
  births: {
    ...ofCounts,
    from: 'births f',
    base: `f.voided_at is null and f.outcome = 'LIVE'`,
    day: 'f.occurred_on',
    named: 'f.occurred_on',
  },
  sessions: {
    ...ofCounts,
    from: 'check_sessions f',
    base: `f.published_on is not null and f.published_on < p.today and f.status <> 'PROPOSED'`,
    day: 'f.published_on',
    named: 'f.published_on',
  },
  /** What each outlet has ever kept, with its days in the period and those without it. */
  shelves: {
    ...ofCounts,
    from: `lateral (
      select s.county_code, s.division_code, greatest(least(p.until_on, p.today) + 1 - greatest(p.from_on, s.since), 0) as days, coalesce((
        select sum(greatest(least(coalesce(o.to_on, 'infinity'), least(p.until_on, p.today) + 1) - greatest(o.from_on, p.from_on), 0))
        from app.stock_outs_until(p.county_code, p.today) o where o.store_id = s.store_id and o.item_code = s.item_code), 0) as days_out
      from (
        select m.county_code, t.division_code, m.to_store_id as store_id, m.item_code, min(m.occurred_on) as since
        from supply_movements m join supply_stores t on t.county_code = m.county_code and t.id = m.to_store_id
        where m.county_code = p.county_code and t.kind in ('OUTLET', 'VENDING') group by 1, 2, 3, 4
      ) s where s.since <= p.until_on
    ) f`,
  },
  /** Outlets now, and whether every free item is on their shelf. */
  outlets: {
    ...ofCounts,
    from: 'supply_stores f',
    base: `f.kind in ('OUTLET', 'VENDING') and f.opened_on <= p.today and (f.closed_on is null or f.closed_on > p.today)`,
    isPresent: true,
  },
  due: {
    ...ofCounts,
    from: 'due_service_months f',
    base: `f.list = 'FACILITY'`,
    day: 'f.month',
    named: 'f.month',
  },
} satisfies Relations

export type CareRelation = keyof typeof relations

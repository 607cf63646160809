import { maskName } from '@youyu/shared/population/masking'
import type {
  EntitlementMonth,
  EntitlementRun,
  EventEntitlement,
  listEventEntitlements,
  PersonBenefit,
  RunPreview,
} from '@youyu/shared/subsidies/entitlements'
import type { Id, Page } from '@youyu/shared/values'
import type { z } from 'zod'
import type { Access } from '../../../access/access.ts'
import { record } from '../../../audit/index.ts'
import { longRehearsal } from '../../../database/rehearsal.ts'
import { longCommand, reading, transaction } from '../../../database/transaction.ts'
import { keyIn, pageOf } from '../../../http/paging.ts'
import { todayOf, type Office } from '../../../office.ts'
import { Refused } from '../../../refused.ts'
import { voidEvent } from './events.ts'
import * as events from './queries-events.ts'
import * as queries from './queries-reading.ts'
import { recompute, settleFacts } from './recomputing.ts'
import { monthOf, sumsOf, whyOf } from './rules.ts'

export async function monthsOfBeneficiary(
  office: Office,
  access: Access,
  id: Id,
  year: number | undefined,
): Promise<{ items: EntitlementMonth[]; years: number[] }> {
  const { months, changes, rates } = await reading(office.db, access, async (tx) => {
    if (!(await queries.maySee(tx, access, id))) throw new Refused('not-found')
    const [found, changed] = await Promise.all([
      queries.monthsOf(tx, access, id),
      queries.changesOf(tx, access, id),
    ])
    const ids = [...new Set(found.flatMap(({ rateId }) => rateId ?? []))]
    return { months: found, changes: changed, rates: await queries.ratesOf(tx, ids) }
  })
  const byId = new Map(rates.map((rate) => [rate.id, rate]))
  const byMonth = Map.groupBy(changes, ({ month }) => month)
  const items = months
    .filter(({ month }) => year === undefined || month.startsWith(String(year)))
    .map(({ rateId, reason, ...month }) => ({
      ...month,
      reason: reason as EntitlementMonth['reason'],
      rate: (rateId === null ? null : byId.get(rateId)) ?? null,
      changes: (byMonth.get(month.month) ?? []).map(({ month: _, changedAt, ...change }) => ({
        ...change,
        at: changedAt.toISOString(),
      })),
    }))
  return { items, years: [...new Set(months.map(({ month }) => Number(month.slice(0, 4))))] }
}

/** What a person receives and why: her own benefits, and those that she is paid for a child. */
export async function benefitsOfPerson(
  office: Office,
  access: Access,
  personId: Id,
): Promise<{ items: PersonBenefit[] }> {
  const today = todayOf(office.now())
  const { found, items } = await reading(office.db, access, async (tx) => {
    const person = await queries.personSeen(tx, access, personId)
    if (!person) throw new Refused('not-found')
    const [names, benefits, once] = await Promise.all([
      queries.programmeNames(tx, access),
      queries.benefitsOf(tx, access, personId),
      events.selectEvents(tx, access, { personId }, null, 50),
    ])
    const nameOf = (code: string) => names.get(code) ?? { zh: code, en: code }
    const told = []
    for (const benefit of benefits) {
      const months = await queries.monthsOf(tx, access, benefit.beneficiaryId)
      const sums = sumsOf(months, today)
      const present = months.find(({ month }) => month === monthOf(today))
      const rate = present?.rateId ? (await queries.ratesOf(tx, [present.rateId]))[0] : undefined
      told.push({ benefit, sums, present, rate })
    }
    return {
      found: person,
      items: [
        ...told.map(({ benefit, sums, present, rate }) =>
          shownBenefit(benefit, nameOf, sums, present?.amountFen ?? 0, rate),
        ),
        ...once.map((event) => shownOnce(event, nameOf)),
      ],
    }
  })
  office.views.note(access, {
    ...{ action: 'view', entity: 'person-benefits', entityId: personId, division: found.divisionCode },
  })
  return { items }
}

type Naming = (code: string) => { zh: string; en: string }

function shownBenefit(
  benefit: queries.Benefit,
  nameOf: Naming,
  sums: PersonBenefit['sums'],
  amountFen: number,
  rate: queries.KeptRate | undefined,
): PersonBenefit {
  const {
    payeeId,
    payeeName,
    applicationNumber: _n,
    confirmedOn: _c,
    suspendedFrom: _s,
    claimedYears: _y,
    ...told
  } = benefit
  const { zh, en } = nameOf(benefit.programme)
  const standing = told as unknown as Pick<PersonBenefit, 'state' | 'stopReason' | 'suspendReason'>
  return {
    ...told,
    ...standing,
    ...{ eventId: null, programmeName: { zh, en }, amountFen, sums },
    payee: { id: payeeId, name: payeeName ?? '*' },
    why: whyOf({
      ...{ ...benefit, stopReason: standing.stopReason, suspendReason: standing.suspendReason },
      ...{ monthFen: amountFen, rateDocument: rate?.document ?? null, rateFrom: rate?.fromOn ?? null },
      ...{ dueFen: sums.dueFen, overFen: sums.overFen },
    }),
  }
}

function shownOnce(event: events.EventRow, nameOf: Naming): PersonBenefit {
  const { zh, en } = nameOf(event.programme)
  const { amountFen, allocatedFen, paidFen, occurredOn } = event
  return {
    ...{ beneficiaryId: null, eventId: event.id, programme: event.programme, programmeName: { zh, en } },
    ...{ state: null, level: event.level, fromMonth: occurredOn, toMonth: occurredOn, stopReason: null },
    ...{ suspendReason: null, amountFen, applicationId: null, nextVerificationOn: null },
    sums: { entitledFen: amountFen, allocatedFen, paidFen, dueFen: amountFen - allocatedFen, overFen: 0 },
    payee: { id: event.personId, name: event.personName ?? '*' },
    why: [
      {
        zh: `${occurredOn} 的一次性给付 ${(amountFen / 100).toFixed(2)} 元${paidFen === amountFen ? '，已发放' : ''}`,
        en: `A payment of ${(amountFen / 100).toFixed(2)} yuan for ${occurredOn}${paidFen === amountFen ? ', paid' : ''}`,
      },
    ],
  }
}

export async function listRuns(
  { db }: Office,
  access: Access,
  { limit, cursor }: { limit: number; cursor?: string | undefined },
): Promise<Page<EntitlementRun>> {
  const after = keyIn(cursor, ['string', 'string'])
  const rows = await reading(db, access, (tx) => queries.selectRuns(tx, access, after, limit + 1))
  return pageOf(
    rows,
    limit,
    (row) => ({ ...row, startedAt: row.startedAt.toISOString() }),
    (row) => [row.startedAt.toISOString(), row.id],
  )
}

type Asked = { programme?: string | undefined; cause: string }

/** The facts first, then the months. */
async function run(
  tx: Parameters<typeof recompute>[0],
  access: Access,
  { programme, cause }: Asked,
  at: Date,
) {
  await settleFacts(tx, access, null, at)
  return await recompute(tx, access, { kind: 'ASKED', cause, programme: programme ?? null }, at)
}

export async function rehearseRun(office: Office, access: Access, asked: Asked): Promise<RunPreview> {
  const at = office.now()
  return await longRehearsal(office.db, access, async (tx) => {
    const { runId, ...counted } = await run(tx, access, asked, at)
    const largest = await queries.largestOf(tx, access, runId)
    return {
      preview: true as const,
      ...counted,
      largest: largest.map(({ name, ...row }) => ({ ...row, name: maskName(name ?? '*') })),
    }
  })
}

export async function performRun(office: Office, access: Access, asked: Asked): Promise<EntitlementRun> {
  if (access.county === 0) throw new Refused('out-of-area')
  const at = office.now()
  return await longCommand(office.db, access, async (tx) => {
    const { runId, ...counted } = await run(tx, access, asked, at)
    const { beneficiaries: rows } = counted
    await record(tx, access, { action: 'change', entity: 'entitlement-run', entityId: runId, rows }, at)
    return {
      ...{
        id: runId,
        kind: 'ASKED' as const,
        programme: asked.programme ?? null,
        cause: asked.cause,
        ...counted,
      },
      ...{ startedAt: at.toISOString(), startedBy: access.actorName },
    }
  })
}

type EventListing = z.output<(typeof listEventEntitlements)['schema']['querystring']>

export async function listEvents(
  { db }: Office,
  access: Access,
  { limit, cursor, ...filter }: EventListing,
): Promise<Page<EventEntitlement>> {
  const after = keyIn(cursor, ['string', 'string'])
  const rows = await reading(db, access, (tx) => events.selectEvents(tx, access, filter, after, limit + 1))
  return pageOf(rows, limit, shownEvent, ({ occurredOn, id }) => [occurredOn, id])
}

function shownEvent({ personId, personName, divisionCode: _, ...event }: events.EventRow): EventEntitlement {
  return {
    ...event,
    person: { id: personId, name: maskName(personName ?? '*') },
    recordedAt: event.recordedAt.toISOString(),
    voidedAt: event.voidedAt?.toISOString() ?? null,
  }
}

export async function takeBackEvent(
  office: Office,
  access: Access,
  id: Id,
  reason: string,
): Promise<EventEntitlement> {
  const at = office.now()
  return await transaction(office.db, access, async (tx) => {
    await voidEvent(tx, access, id, reason, at)
    const [event] = await events.selectEvents(tx, access, { id }, null, 1)
    const { divisionCode: division } = event!
    await record(
      tx,
      access,
      { action: 'change', entity: 'event-entitlement', entityId: id, division, reason },
      at,
    )
    return shownEvent(event!)
  })
}

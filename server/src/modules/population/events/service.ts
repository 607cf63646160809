import type { EventFinding, listEventFindings, PersonEvent } from '@youyu/shared/population/events'
import { maskDate, maskName } from '@youyu/shared/population/masking'
import type { Id, Page } from '@youyu/shared/values'
import type { z } from 'zod'
import type { Access } from '../../../access/access.ts'
import { reading } from '../../../database/transaction.ts'
import { keyIn, pageOf } from '../../../http/paging.ts'
import type { Office } from '../../../office.ts'
import { Refused } from '../../../refused.ts'
import { maySeePlainly } from '../persons/person-row.ts'
import { placeInArea } from '../persons/service.ts'
import { findSubject, selectEvents, selectFindings, type KeptEvent } from './queries.ts'
import { selectEventsThen } from './queries-then.ts'
import { asKnownAt } from './rules.ts'

/** Everything that happened to a person; with a moment, what was known then. */
export async function eventsOf(
  { db, views }: Office,
  access: Access,
  id: Id,
  asOf?: string,
): Promise<{ items: PersonEvent[] }> {
  const moment = asOf === undefined ? null : new Date(asOf)
  const [subject, events] = await reading(db, access, (tx) =>
    Promise.all([
      findSubject(tx, access, id),
      moment ? selectEventsThen(tx, access, id, moment) : selectEvents(tx, access, id),
    ]),
  )
  if (!subject || (moment && subject.recordedAt > moment)) throw new Refused('not-found')
  views.note(access, {
    ...{ action: 'view', entity: 'person', entityId: id, fields: ['events'] },
    division: placeInArea(access, subject),
  })
  const known = moment ? asKnownAt(events, moment) : events
  return { items: known.map((event) => shownEvent(event, access)) }
}

function shownEvent(event: KeptEvent, access: Access): PersonEvent {
  const isPlain = maySeePlainly(access)
  const dated = (day: string | null) => (day && !isPlain ? maskDate(day) : day)
  return {
    ...event,
    occurredOn: dated(event.occurredOn),
    endedOn: dated(event.endedOn),
    others: isPlain
      ? event.others
      : event.others.map(({ name, ...rest }) => ({ ...rest, name: maskName(name) })),
    recordedAt: event.recordedAt.toISOString(),
    voidedAt: event.voidedAt?.toISOString() ?? null,
  }
}

type Listing = z.output<(typeof listEventFindings)['schema']['querystring']>

export async function listFindings(
  { db }: Office,
  access: Access,
  { limit, cursor, ...filter }: Listing,
): Promise<Page<EventFinding>> {
  const after = keyIn(cursor, ['string', 'string', 'string'])
  const isPlain = maySeePlainly(access)
  const rows = await reading(db, access, (tx) =>
    selectFindings(tx, access, { filter, after, limit: limit + 1 }),
  )
  return pageOf(
    rows,
    limit,
    ({ personId, personName, divisionCode, divisionName, occurredOn, recordedAt, ...rest }) => ({
      ...rest,
      occurredOn: isPlain ? occurredOn : maskDate(occurredOn),
      person:
        personId && personName ? { id: personId, name: isPlain ? personName : maskName(personName) } : null,
      division: { code: divisionCode, name: divisionName ?? divisionCode },
      recordedAt: recordedAt.toISOString(),
    }),
    (row) => [row.recordedAt.toISOString(), row.eventId, row.code],
  )
}

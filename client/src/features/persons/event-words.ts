import {
  birthOutcomes,
  eventKinds,
  marriageEvents,
  moveKinds,
  parentageKinds,
  residenceStatuses,
} from '@youyu/shared/population/value-sets'
import type { PersonEvent } from '@youyu/shared/population/events'
import { today } from '../../texts/formats.ts'
import { codeName, text } from '../../texts/texts.ts'
import type { TimelineEvent } from '../../ui/charts/types.ts'
import { placeText } from '../population/index.ts'

const namesOf = ({ others }: PersonEvent) => others.map(({ name }) => name).join('、')
const place = (where: PersonEvent['place']) => (where ? placeText(where) : '—')

function withOthers(event: PersonEvent, what: string): string {
  const names = namesOf(event)
  return names === '' ? what : text('persons.events.with', { event: what, names })
}

/** What happened, in one line. */
function eventTitle(event: PersonEvent): string {
  switch (event.kind) {
    case 'BIRTH': {
      if (event.role === 'CHILD') return text('persons.events.born')
      if (event.code !== 'LIVE') return codeName(birthOutcomes, event.code)
      const child = event.others.find(({ role }) => role === 'CHILD')
      return text('persons.events.child', { name: child?.name ?? '—' })
    }
    case 'DEATH':
      return text('persons.events.died')
    case 'MARRIAGE':
      return withOthers(event, codeName(marriageEvents, event.code))
    case 'MOVE': {
      const kind = codeName(moveKinds, event.code)
      return text('persons.events.moved', { kind, from: place(event.from), to: place(event.place) })
    }
    case 'PARENTAGE':
      return withOthers(event, codeName(parentageKinds, event.code))
    case 'RESIDENCE':
      return text('persons.events.lives', { place: place(event.place) })
  }
}

function particulars(event: PersonEvent): string {
  if (event.kind === 'RESIDENCE') return codeName(residenceStatuses, event.code)
  if (event.kind === 'BIRTH' && event.role === 'CHILD') return namesOf(event)
  return event.place && event.kind !== 'MOVE' ? text('persons.events.at', { place: place(event.place) }) : ''
}

/** First known more than thirty days afterwards. */
const isLate = (on: string, recordedAt: string) => Date.parse(recordedAt) - Date.parse(on) > 30 * 86_400_000

/** Events in the shape of the timeline; a stay of unknown beginning has no place on it. */
export function onTimeline(events: readonly PersonEvent[]): TimelineEvent[] {
  return events.flatMap((event) => {
    if (event.occurredOn === null) return []
    const lasts = event.kind === 'RESIDENCE' || event.kind === 'PARENTAGE'
    return {
      key: keyOf(event),
      lane: event.kind,
      on: event.occurredOn,
      ...(lasts && { until: event.endedOn }),
      ...(isLate(event.occurredOn, event.recordedAt) && { recordedOn: today(new Date(event.recordedAt)) }),
      label: eventTitle(event),
      detail: particulars(event),
      isVoided: event.voidedAt !== null,
    }
  })
}

export const keyOf = ({ kind, id, role }: PersonEvent) => `${kind}.${id}.${role}`

export const lanes = () =>
  (Object.keys(eventKinds) as (keyof typeof eventKinds)[]).map((key) => ({
    key,
    label: codeName(eventKinds, key),
  }))

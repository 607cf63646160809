import type { Id } from '@youyu/shared/values'
import { covers, type Access } from '../../../access/access.ts'
import type { Done } from '../effects.ts'
import { shownValue, type PersonState } from '../persons/state.ts'
import type { KeptMarriage, MarriageFacts } from './queries.ts'

export function isInArea(access: Access, { residenceDivision, hukouDivision }: PersonState): boolean {
  return covers(access.prefixes, residenceDivision) || covers(access.prefixes, hukouDivision)
}

export function deedOf(
  access: Access,
  event: MarriageFacts,
  former: KeptMarriage | null,
  reason: string | null,
) {
  const isA = covers(access.prefixes, event.divisionA)
  return {
    action: former ? ('correct' as const) : ('create' as const),
    entity: 'marriage',
    entityId: former?.id ?? (event as KeptMarriage).id,
    division: isA ? event.divisionA : (event.divisionB ?? event.divisionA),
    ...(reason !== null && { reason }),
  }
}

/** Of the party outside the area no more is told than her masked name. */
export function maskingFor(access: Access, person: PersonState): Access {
  return isInArea(access, person) ? access : { ...access, clearance: 'L0' }
}

const toldFields = [
  ...(['event', 'occurredOn', 'partyA', 'partyB', 'partyBName', 'certificateNumber', 'registryId'] as const),
] as const

export function toldEvent(
  access: Access,
  states: ReadonlyMap<Id, PersonState>,
  former: MarriageFacts | null,
  said: MarriageFacts | null,
): Done['changes'] {
  const event = (said ?? former) as KeptMarriage
  const person = states.get(event.partyA)
  const label = (person && shownValue(maskingFor(access, person), 'name', person.name)) ?? ''
  const shown = (facts: MarriageFacts | null, field: (typeof toldFields)[number]) => {
    const value = facts?.[field] ?? null
    return field === 'occurredOn' ? shownValue(access, 'date', value) : value
  }
  return toldFields
    .filter((field) => (former?.[field] ?? null) !== (said?.[field] ?? null))
    .map((field) => ({
      ...{ entity: 'event' as const, id: event.id, label, field },
      ...{ before: shown(former, field), after: shown(said, field) },
    }))
}

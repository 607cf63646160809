import type { Id } from '@youyu/shared/values'
import { covers, type Access } from '../../../access/access.ts'
import type { Done } from '../effects.ts'
import { toldPeriod, type Fitting } from '../persons/residence/rules.ts'
import { shownValue, type PersonState } from '../persons/state.ts'
import type { KeptMove, MoveFacts } from './queries.ts'

export function deedOf(
  access: Access,
  move: MoveFacts,
  entityId: Id,
  isChange: boolean,
  reason: string | null,
) {
  return {
    action: isChange ? ('correct' as const) : ('create' as const),
    ...{ entity: 'move', entityId },
    division: covers(access.prefixes, move.toDivision) ? move.toDivision : move.fromDivision,
    ...(reason !== null && { reason }),
  }
}

const toldFields = [
  'kind',
  'occurredOn',
  'fromDivision',
  'toDivision',
  'reason',
  'expectedReturn',
  'acknowledgement',
] as const

export function toldMove(
  access: Access,
  person: PersonState,
  former: KeptMove | null,
  said: (MoveFacts & { id: Id }) | null,
): Done['changes'] {
  const label = shownValue(access, 'name', person.name) ?? ''
  const shown = (facts: MoveFacts | null, field: (typeof toldFields)[number]) => {
    const value = facts?.[field] ?? null
    return field === 'occurredOn' || field === 'expectedReturn' ? shownValue(access, 'date', value) : value
  }
  return toldFields
    .filter((field) => (former?.[field] ?? null) !== (said?.[field] ?? null))
    .map((field) => ({
      ...{ entity: 'event' as const, id: (said ?? former)!.id, label, field },
      ...{ before: shown(former, field), after: shown(said, field) },
    }))
}

export function toldStays(
  access: Access,
  person: PersonState,
  fittings: readonly (Fitting | null | undefined)[],
): Done['changes'] {
  const label = shownValue(access, 'name', person.name) ?? ''
  const told = { entity: 'residence' as const, id: person.id, label, field: 'episode' }
  return fittings.flatMap((fitting) => [
    ...(fitting?.voided ?? []).map((stay) => ({
      ...told,
      id: stay.id,
      before: toldPeriod(stay),
      after: null,
    })),
    ...(fitting?.added ?? []).map((stay) => ({ ...told, before: null, after: toldPeriod(stay) })),
  ])
}

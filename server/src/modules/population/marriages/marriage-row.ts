import type { Marriage, MarriageParty, MarriageRow } from '@youyu/shared/population/marriages'
import { maskDate, maskName } from '@youyu/shared/population/masking'
import type { Access } from '../../../access/access.ts'
import { maySeePlainly } from '../persons/person-row.ts'
import type { ListedMarriage, ReadMarriage } from './queries.ts'

/** A marriage event of a list as this reader may see it. */
export function shownMarriageRow(event: ListedMarriage, access: Access): MarriageRow {
  const isPlain = maySeePlainly(access)
  const named = (name: string | null) => (name !== null && !isPlain ? maskName(name) : name)
  const place = (code: string | null, name: string | null) => (code ? { code, name: name ?? code } : null)
  return {
    id: event.id,
    event: event.event,
    occurredOn: isPlain ? event.occurredOn : maskDate(event.occurredOn),
    partyA: {
      id: event.partyA,
      name: named(event.nameA),
      sex: event.sexA as MarriageParty['sex'],
      age: event.ageA,
      order: event.orderA,
      division: place(event.divisionA, event.placeA),
    },
    partyB: {
      id: event.partyB,
      name: named(event.nameB),
      sex: event.sexB as MarriageParty['sex'],
      age: event.ageB,
      order: event.orderB,
      division: place(event.divisionB, event.placeB),
    },
    findings: event.findings,
    recordedAt: event.recordedAt.toISOString(),
    voidedAt: event.voidedAt?.toISOString() ?? null,
  }
}

export function shownMarriage(event: ReadMarriage, access: Access): Marriage {
  const { certificateNumber, registryId, recordedBy, source, voidReason, replaces, replacedBy } = event
  return {
    ...shownMarriageRow(event, access),
    certificateNumber: certificateNumber !== null && !maySeePlainly(access) ? '*' : certificateNumber,
    ...{ registryId, recordedBy, source, voidReason, replaces, replacedBy },
  }
}

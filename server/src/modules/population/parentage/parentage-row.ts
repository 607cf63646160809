import { maskDate, maskName } from '@youyu/shared/population/masking'
import type { Parentage, ParentageRow } from '@youyu/shared/population/parentage'
import type { Access } from '../../../access/access.ts'
import { maySeePlainly } from '../persons/person-row.ts'
import type { ListedParentage, ReadParentage } from './queries.ts'

/** An adoption or guardianship of a list as this reader may see it. */
export function shownParentageRow(event: ListedParentage, access: Access): ParentageRow {
  const isPlain = maySeePlainly(access)
  const named = (name: string | null) => (isPlain ? (name ?? '*') : maskName(name ?? '*'))
  const dated = (day: string) => (isPlain ? day : maskDate(day))
  return {
    id: event.id,
    kind: event.kind,
    occurredOn: dated(event.occurredOn),
    endedOn: event.endedOn && dated(event.endedOn),
    child: { id: event.childId, name: named(event.childName) },
    adult: event.adultId === null ? null : { id: event.adultId, name: named(event.adultName) },
    findings: event.findings,
    recordedAt: event.recordedAt.toISOString(),
    voidedAt: event.voidedAt?.toISOString() ?? null,
  }
}

export function shownParentage(event: ReadParentage, access: Access): Parentage {
  const { certificateNumber, recordedBy, source, voidReason, replaces, replacedBy } = event
  return {
    ...shownParentageRow(event, access),
    certificateNumber: certificateNumber !== null && !maySeePlainly(access) ? '*' : certificateNumber,
    ...{ recordedBy, source, voidReason, replaces, replacedBy },
  }
}

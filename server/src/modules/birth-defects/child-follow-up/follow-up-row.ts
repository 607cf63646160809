import type {
  ChildFollowUp,
  ChildFollowUpRow,
  ChildSupport,
  ChildVisit,
} from '@youyu/shared/birth-defects/child-follow-up'
import type { CivilDate } from '@youyu/shared/values'
import type { Access } from '../../../access/access.ts'
import type { Office } from '../../../office.ts'
import type { FollowUpRow, VisitRow } from './queries.ts'
import type { SupportRow } from './supports/queries.ts'
import { stateOf } from './rules.ts'

export function shownRow(row: FollowUpRow, today: CivilDate): ChildFollowUpRow {
  const { id, childId, name, sex, birthDate, openedOn, closedOn, version, next } = row
  return {
    ...{ id, openedOn, closedOn, version, child: { id: childId, name, sex, birthDate } },
    consent: row.consent as ChildFollowUpRow['consent'],
    closeReason: row.closeReason as ChildFollowUpRow['closeReason'],
    next: next && {
      ...{ id: next.id, dueOn: next.dueOn, dueTo: next.dueTo, state: stateOf(next, today) },
      item: next.item as ChildVisit['item'],
    },
  }
}

export function shownWhole(
  { ciphers }: Office,
  access: Access,
  row: FollowUpRow,
  { visits, supports }: { visits: readonly VisitRow[]; supports: readonly SupportRow[] },
  today: CivilDate,
): ChildFollowUp {
  const told = (id: string, cipher: Buffer | null) =>
    cipher && ciphers.clinical.decipher(cipher, { county: access.county, id })
  const { chainId, caseId, consentOn, facilityId } = row
  return {
    ...shownRow(row, today),
    ...{ chainId, caseId, consentOn, isOurs: facilityId === access.facility },
    consentBy: row.consentBy as ChildFollowUp['consentBy'],
    visits: visits.map(({ followUpId: _, noteCipher, ...visit }) => ({
      ...(visit as Omit<ChildVisit, 'state' | 'note'>),
      state: stateOf(visit, today),
      note: told(visit.id, noteCipher),
    })),
    supports: supports.map(({ followUpId: _, noteCipher, voidedAt, ...support }) => ({
      ...(support as Omit<ChildSupport, 'note' | 'voidedAt'>),
      voidedAt: voidedAt?.toISOString() ?? null,
      note: told(support.id, noteCipher),
    })),
  }
}

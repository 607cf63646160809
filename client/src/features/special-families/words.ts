import type { FamilyState } from '@youyu/shared/subsidies/family-values'

type Kind = 'plain' | 'good' | 'warn' | 'note' | 'accent'

const kinds: Record<FamilyState, Kind> = {
  IDENTIFIED: 'warn',
  CONSENTED: 'note',
  FILE_OPENED: 'note',
  CONTACTS_ASSIGNED: 'accent',
  IN_CARE: 'good',
  CLOSED: 'plain',
}

export const stateKind = (state: FamilyState): Kind => kinds[state]

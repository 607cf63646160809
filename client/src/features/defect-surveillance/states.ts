import type { CardStatus } from '@youyu/shared/birth-defects/defect-card-values'

/** How a card's state is marked. */
export function stateOfCard(status: CardStatus): 'plain' | 'good' | 'warn' | 'bad' | 'note' | 'accent' {
  if (status === 'FINAL') return 'good'
  if (status === 'RETURNED') return 'warn'
  if (status === 'DRAFT') return 'accent'
  return status === 'WITHDRAWN' || status === 'MERGED' ? 'plain' : 'note'
}

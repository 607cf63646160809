import type { BookState } from '@youyu/shared/population/book'

export const stateKinds: Record<BookState, 'plain' | 'good' | 'accent'> = {
  OPEN: 'plain',
  SIGNED: 'good',
  CLOSED: 'accent',
}

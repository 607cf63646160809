import { ref } from 'vue'
import { today } from '../../texts/formats.ts'
import { monthPlus } from '../../ui/months.ts'

/** The month in question: the present one, or one of the two years before. */
export function useMonth() {
  const now = today().slice(0, 7)
  const month = ref(`${now}-01`)
  return {
    month,
    from: monthPlus(`${now}-01`, -24),
    until: `${now}-01`,
  }
}

export const reasons = ['done', 'declined', 'moved', 'notNeeded', 'unreachable', 'died', 'expired'] as const

import { joinBirthDefectChain, leaveBirthDefectChain } from '@youyu/shared/birth-defects/chains'
import { useWrite } from '../../api/queries.ts'
import { today } from '../../texts/formats.ts'
import { useTexts } from '../../texts/texts.ts'
import { computed } from 'vue'

/** Who takes part in a chain. */
export function useChainDeeds() {
  const t = useTexts('birthDefectChain')
  const joining = useWrite(joinBirthDefectChain, { done: () => t('part.joined') })
  const leaving = useWrite(leaveBirthDefectChain, { done: () => t('part.left') })
  return {
    /** By her consent, given here and now; OWNER: as her case manager. */
    takePart: (womanId: string, ground: 'CONSENT' | 'OWNER') =>
      joining.run({ body: { ground, womanId, on: today(), hasConsented: true } }),
    /** She wants no more of it: nothing falls due and nobody offers. */
    letGo: (id: string) => leaving.run({ params: { id }, body: { on: today(), womanLeaves: true } }),
    isBusy: computed(() => joining.isRunning.value || leaving.isRunning.value),
  }
}

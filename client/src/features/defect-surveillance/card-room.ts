import { inject, provide } from 'vue'
import type { ComputedRef, InjectionKey } from 'vue'
import type { CardContent } from '@youyu/shared/birth-defects/defect-card'
import type { ZodForm } from '../../ui/useZodForm.ts'

export type CardRoom = {
  form: ZodForm
  /** The card as far as it can be read. */
  content: ComputedRef<CardContent>
  /** Paths that a reviewer has returned. */
  returned: ComputedRef<readonly string[]>
}
const room: InjectionKey<CardRoom> = Symbol('card')

export const openCardRoom = (made: CardRoom) => provide(room, made)
export const useCardRoom = (): CardRoom => inject(room)!

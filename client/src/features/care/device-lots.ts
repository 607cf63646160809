import { computed, type ComputedRef } from 'vue'
import { getShelf, listSupplyItems, listSupplyStores } from '@youyu/shared/contraception/supplies'
import { useRead } from '../../api/queries.ts'
import { currentUser, may } from '../../api/session.ts'

/** Lots of a method's devices on the own facility's shelf, the one that expires first before the others. */
export function useDeviceLots(method: ComputedRef<string>) {
  const asked = computed(() => may('supply.read') && method.value !== '')
  const { data: items } = useRead(listSupplyItems, () => (asked.value ? { querystring: {} } : null))
  const { data: stores } = useRead(listSupplyStores, () =>
    asked.value ? { querystring: { isOpen: 'true' as const, limit: 200 } } : null,
  )
  const own = computed(() =>
    stores.value?.items.find(
      ({ organisation }) => organisation !== null && organisation.id === currentUser.value?.organisation?.id,
    ),
  )
  const { data: shelf } = useRead(getShelf, () => (own.value ? { params: { id: own.value.id } } : null))
  return computed(() => {
    const ofMethod = new Set(
      (items.value?.items ?? []).filter((item) => item.method === method.value).map(({ code }) => code),
    )
    return (shelf.value?.lines ?? [])
      .filter(({ itemCode }) => ofMethod.has(itemCode))
      .flatMap(({ lots }) => lots)
      .filter(({ isQuarantined, isExpired }) => !isQuarantined && !isExpired)
      .map(({ lotId, lotNumber, expiresOn }) => ({ value: lotId, label: `${lotNumber} · ${expiresOn}` }))
  })
}

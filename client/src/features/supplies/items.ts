import { computed } from 'vue'
import { listSupplyItems, type SupplyItem } from '@youyu/shared/contraception/supplies'
import { useRead } from '../../api/queries.ts'
import { number } from '../../texts/formats.ts'
import { inLanguage } from '../../texts/texts.ts'

/** The range of supplies, by code. */
export function useItems() {
  const { data } = useRead(listSupplyItems, () => ({ querystring: {} }), { staleTime: 600_000 })
  const items = computed<SupplyItem[]>(() => data.value?.items ?? [])
  const byCode = computed(() => new Map(items.value.map((item) => [item.code, item])))
  const itemName = (code: string) => {
    const item = byCode.value.get(code)
    return item ? inLanguage([item.nameZh, item.nameEn]) : code
  }
  /** 120 只. */
  const amount = (code: string, quantity: number) => {
    const item = byCode.value.get(code)
    const unit = item ? inLanguage([item.unitZh, item.unitEn]) : ''
    return `${number(quantity)} ${unit}`.trim()
  }
  const options = computed(() =>
    items.value
      .filter((item) => item.validTo === null)
      .map((item) => ({ value: item.code, label: inLanguage([item.nameZh, item.nameEn]) })),
  )
  return { items, byCode, itemName, amount, options }
}

export { today } from '../../texts/formats.ts'

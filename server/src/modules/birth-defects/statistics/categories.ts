import { defectCategories } from '@youyu/shared/birth-defects/defect-categories'
import type { WatchedCategory } from '@youyu/shared/birth-defects/surveillance'

export function categoryName(category: WatchedCategory): readonly [zh: string, en: string] {
  if (category === 'ANY') return ['全部出生缺陷', 'All birth defects']
  if (category === 'NTD') return ['神经管缺陷（01+02+03）', 'Neural tube defects (01+02+03)']
  return defectCategories[category]
}

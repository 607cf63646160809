import { linkOfItem, type ChainItem } from '@youyu/shared/birth-defects/chain-values'
import type { Router, RouteLocationRaw } from 'vue-router'

type Whose = { womanId: string; childId: string | null; pregnancyId: string | null }

/** The page on which an item is recorded, kept by whoever keeps its records. */
function pageOf(item: ChainItem, { womanId, childId, pregnancyId }: Whose) {
  const ofPregnancy = (name: string) => pregnancyId && { name, params: { id: pregnancyId } }
  switch (linkOfItem[item]) {
    case 2:
    case 3:
      return { name: 'couple-check-new', query: { kind: item, womanId } }
    case 4:
      return { name: 'torch-test-new', query: { clientId: womanId } }
    case 5:
      return { name: 'folic-acid', query: { clientId: womanId } }
    case 6:
      return ofPregnancy(item === 'HIGH_RISK_PLAN' ? 'high-risk-plan-new' : 'antenatal-contact-new')
    case 7:
      return { name: 'prenatal-screen-new', query: { woman: womanId, kind: item } }
    case 8:
      return { name: 'prenatal-diagnosis-new', query: { woman: womanId } }
    case 10:
      return item === 'POSTNATAL_VISIT' ? ofPregnancy('postnatal-new') : null
    case 11:
      return childId && { name: 'newborn-screening-child', params: { id: childId } }
    case 12:
      return { name: 'defect-card-new', query: childId ? { childId } : { motherId: womanId } }
    case 13:
      return { name: 'child-follow-ups' }
    default:
      return null
  }
}

/** Where this item is recorded; null where that is said here. */
export function formOf(router: Router, item: ChainItem, whose: Whose): RouteLocationRaw | null {
  const page = pageOf(item, whose)
  return page && router.hasRoute(page.name) ? page : null
}

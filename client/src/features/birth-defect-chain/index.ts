import { defineAsyncComponent } from 'vue'
import type { Feature } from '../../ui/navigation.ts'

export const birthDefectChainFeature: Feature = {
  routes: [
    {
      path: '/birth-defect-work',
      name: 'birth-defect-work',
      component: () => import('./WorklistPage.vue'),
      meta: { title: 'birthDefectChain.work.title', permission: 'care.read' },
    },
    {
      path: '/birth-defect-chains/:id',
      name: 'birth-defect-chain',
      component: () => import('./ChainPage.vue'),
      meta: { title: 'birthDefectChain.title', permission: 'care.read', parent: 'birth-defect-work' },
    },
    {
      path: '/birth-defect-schedules',
      name: 'birth-defect-schedules',
      component: () => import('./SchedulePage.vue'),
      meta: { title: 'birthDefectChain.schedule.title', permission: 'care-rule.read' },
    },
  ],
  menu: [
    {
      to: 'birth-defect-work',
      label: 'birthDefectChain.work.title',
      icon: 'event',
      group: 'birth-defects',
      order: 5,
      permission: 'care.read',
    },
    {
      to: 'birth-defect-schedules',
      label: 'birthDefectChain.schedule.title',
      icon: 'settings',
      group: 'birth-defects',
      order: 90,
      permission: 'care-rule.read',
    },
  ],
}

/** The chains of a woman or child, wherever her record is shown. */
export const PersonChain = defineAsyncComponent(() => import('./PersonChain.vue'))
/** From a marriage to the free check, where the couple agrees. */
export const PremaritalReferral = defineAsyncComponent(() => import('./PremaritalReferral.vue'))

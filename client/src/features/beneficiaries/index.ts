import { defineAsyncComponent } from 'vue'
import type { Feature } from '../../ui/navigation.ts'

/** What a person receives and why, for her page. */
export const PersonBenefits = defineAsyncComponent(() => import('./PersonBenefits.vue'))

export const beneficiariesFeature: Feature = {
  routes: [
    {
      path: '/beneficiaries',
      name: 'beneficiaries',
      component: () => import('./BeneficiaryListPage.vue'),
      meta: { title: 'beneficiaries.title', permission: 'beneficiary.read' },
    },
    {
      path: '/beneficiaries/:id',
      name: 'beneficiary',
      component: () => import('./BeneficiaryPage.vue'),
      meta: { title: 'beneficiaries.one', permission: 'beneficiary.read', parent: 'beneficiaries' },
    },
    {
      path: '/entitlement-runs',
      name: 'entitlement-runs',
      component: () => import('./RunListPage.vue'),
      meta: { title: 'beneficiaries.runs.title', permission: 'beneficiary.read', parent: 'beneficiaries' },
    },
    {
      path: '/event-entitlements',
      name: 'event-entitlements',
      component: () => import('./EventListPage.vue'),
      meta: { title: 'beneficiaries.once.title', permission: 'beneficiary.read', parent: 'beneficiaries' },
    },
  ],
  menu: [
    {
      to: 'beneficiaries',
      label: 'beneficiaries.title',
      icon: 'household',
      group: 'subsidies',
      order: 50,
      permission: 'beneficiary.read',
    },
    {
      to: 'event-entitlements',
      label: 'beneficiaries.once.title',
      icon: 'event',
      group: 'subsidies',
      order: 52,
      permission: 'beneficiary.read',
    },
    {
      to: 'entitlement-runs',
      label: 'beneficiaries.runs.title',
      icon: 'refresh',
      group: 'subsidies',
      order: 54,
      permission: 'beneficiary.read',
    },
  ],
}

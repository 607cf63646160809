import type { Feature } from '../../ui/navigation.ts'

export const verificationsFeature: Feature = {
  routes: [
    {
      path: '/verifications',
      name: 'verifications',
      component: () => import('./VerificationListPage.vue'),
      meta: { title: 'verifications.title', permission: 'beneficiary.read' },
    },
  ],
  menu: [
    {
      to: 'verifications',
      label: 'verifications.title',
      icon: 'shield',
      group: 'subsidies',
      order: 56,
      permission: 'beneficiary.read',
    },
  ],
}

import type { Feature } from '../../ui/navigation.ts'

export const benefitCoverageFeature: Feature = {
  routes: [
    {
      path: '/benefit-coverage',
      name: 'benefit-coverage',
      component: () => import('./CoveragePage.vue'),
      meta: { title: 'benefitCoverage.title', permission: 'beneficiary.read' },
    },
  ],
  menu: [
    {
      to: 'benefit-coverage',
      label: 'benefitCoverage.title',
      icon: 'report',
      group: 'subsidies',
      order: 14,
      permission: 'beneficiary.read',
    },
  ],
}

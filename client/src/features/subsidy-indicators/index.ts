import type { Feature } from '../../ui/navigation.ts'

export const subsidyIndicatorsFeature: Feature = {
  routes: [
    {
      path: '/subsidy-indicators',
      name: 'subsidy-indicators',
      component: () => import('./IndicatorListPage.vue'),
      meta: { title: 'subsidyIndicators.title', permission: 'subsidy-statistics.read' },
    },
    {
      path: '/subsidy-indicators/:code',
      name: 'subsidy-indicator',
      component: () => import('./IndicatorPage.vue'),
      meta: {
        title: 'subsidyIndicators.title',
        permission: 'subsidy-statistics.read',
        parent: 'subsidy-indicators',
      },
    },
  ],
  menu: [
    {
      to: 'subsidy-indicators',
      label: 'subsidyIndicators.title',
      icon: 'chart',
      group: 'subsidies',
      order: 90,
      permission: 'subsidy-statistics.read',
    },
  ],
}

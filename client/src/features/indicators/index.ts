import type { Feature } from '../../ui/navigation.ts'

export const indicatorsFeature: Feature = {
  routes: [
    {
      path: '/indicators',
      name: 'indicators',
      component: () => import('./IndicatorListPage.vue'),
      meta: { title: 'indicators.title', permission: 'indicator.read' },
    },
    {
      path: '/indicators/:code',
      name: 'indicator',
      component: () => import('./IndicatorPage.vue'),
      meta: { title: 'indicators.detail.title', permission: 'indicator.read', parent: 'indicators' },
    },
    {
      path: '/situation-report',
      name: 'situation-report',
      component: () => import('./SituationReportPage.vue'),
      meta: { title: 'indicators.report.title', permission: 'indicator.read' },
    },
  ],
  menu: [
    {
      to: 'indicators',
      label: 'indicators.title',
      icon: 'chart',
      group: 'population',
      order: 70,
      permission: 'indicator.read',
    },
    {
      to: 'situation-report',
      label: 'indicators.report.title',
      icon: 'report',
      group: 'population',
      order: 75,
      permission: 'indicator.read',
    },
  ],
}

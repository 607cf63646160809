import type { Feature } from '../../ui/navigation.ts'

export const contraceptionStatisticsFeature: Feature = {
  routes: [
    {
      path: '/contraception-statistics',
      name: 'contraception-statistics',
      component: () => import('./StatisticsPage.vue'),
      meta: { title: 'contraceptionStatistics.title', permission: 'care-statistics.read' },
    },
    {
      path: '/own-complications',
      name: 'own-complications',
      component: () => import('./OwnComplicationsPage.vue'),
      meta: { title: 'contraceptionStatistics.own.title', permission: 'care.override' },
    },
    {
      path: '/contraception-statistics/:code',
      name: 'care-indicator',
      component: () => import('./CareIndicatorPage.vue'),
      meta: {
        title: 'contraceptionStatistics.indicator',
        permission: 'care-statistics.read',
        parent: 'contraception-statistics',
      },
    },
  ],
  menu: [
    {
      to: 'contraception-statistics',
      label: 'contraceptionStatistics.title',
      icon: 'chart',
      group: 'contraception',
      order: 70,
      permission: 'care-statistics.read',
    },
    {
      to: 'own-complications',
      label: 'contraceptionStatistics.own.title',
      icon: 'chart',
      group: 'contraception',
      order: 72,
      permission: 'care.override',
    },
  ],
}

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
  ],
}

import type { Feature } from '../../ui/navigation.ts'

export const birthDefectStatisticsFeature: Feature = {
  routes: [
    {
      path: '/birth-defect-cascade',
      name: 'birth-defect-cascade',
      component: () => import('./CascadePage.vue'),
      meta: { title: 'birthDefectStatistics.cascade.title', permission: 'care-statistics.read' },
    },
    {
      path: '/birth-defect-surveillance',
      name: 'birth-defect-surveillance',
      component: () => import('./SurveillancePage.vue'),
      meta: { title: 'birthDefectStatistics.surveillance.title', permission: 'care-statistics.read' },
    },
    {
      path: '/birth-defect-indicators',
      name: 'birth-defect-indicators',
      component: () => import('./IndicatorListPage.vue'),
      meta: { title: 'birthDefectStatistics.indicators.title', permission: 'care-statistics.read' },
    },
    {
      path: '/birth-defect-indicators/:code',
      name: 'birth-defect-indicator',
      component: () => import('./IndicatorPage.vue'),
      meta: {
        title: 'birthDefectStatistics.indicators.title',
        permission: 'care-statistics.read',
        parent: 'birth-defect-indicators',
      },
    },
  ],
  menu: [
    {
      to: 'birth-defect-cascade',
      label: 'birthDefectStatistics.cascade.title',
      icon: 'chart',
      group: 'birth-defects',
      order: 70,
      permission: 'care-statistics.read',
    },
    {
      to: 'birth-defect-surveillance',
      label: 'birthDefectStatistics.surveillance.title',
      icon: 'report',
      group: 'birth-defects',
      order: 72,
      permission: 'care-statistics.read',
    },
    {
      to: 'birth-defect-indicators',
      label: 'birthDefectStatistics.indicators.title',
      icon: 'chart',
      group: 'birth-defects',
      order: 74,
      permission: 'care-statistics.read',
    },
  ],
}

import type { Feature } from '../../ui/navigation.ts'

export const reportCheckFeature: Feature = {
  routes: [
    {
      path: '/report-check',
      name: 'report-check',
      component: () => import('./ReportCheckPage.vue'),
      meta: { title: 'reportCheck.title', permission: 'indicator.read' },
    },
  ],
  menu: [
    {
      to: 'report-check',
      label: 'reportCheck.title',
      icon: 'check',
      group: 'population',
      order: 80,
      permission: 'indicator.read',
    },
  ],
}

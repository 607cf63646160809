import type { Feature } from '../../ui/navigation.ts'

export const accessLogFeature: Feature = {
  routes: [
    {
      path: '/access-log',
      name: 'access-log',
      component: () => import('./AccessLogPage.vue'),
      meta: { title: 'accessLog.title', permission: 'audit.read' },
    },
  ],
  menu: [
    {
      to: 'access-log',
      label: 'accessLog.title',
      icon: 'log',
      group: 'system',
      order: 30,
      permission: 'audit.read',
    },
  ],
}

import type { Feature } from '../../ui/navigation.ts'

export const apiClientsFeature: Feature = {
  routes: [
    {
      path: '/api-clients',
      name: 'api-clients',
      component: () => import('./ApiClientListPage.vue'),
      meta: { title: 'apiClients.title', permission: 'client.manage' },
    },
  ],
  menu: [
    {
      to: 'api-clients',
      label: 'apiClients.title',
      icon: 'key',
      group: 'system',
      order: 20,
      permission: 'client.manage',
    },
  ],
}

import type { Feature } from '../../ui/navigation.ts'

export const organisationsFeature: Feature = {
  routes: [
    {
      path: '/organisations',
      name: 'organisations',
      component: () => import('./OrganisationListPage.vue'),
      meta: { title: 'organisations.title', permission: 'organisation.read' },
    },
  ],
  menu: [
    {
      to: 'organisations',
      label: 'organisations.title',
      icon: 'organisation',
      group: 'area',
      order: 20,
      permission: 'organisation.read',
    },
  ],
}

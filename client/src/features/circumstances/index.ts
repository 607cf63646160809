import type { Feature } from '../../ui/navigation.ts'

export const circumstancesFeature: Feature = {
  routes: [
    {
      path: '/circumstances',
      name: 'circumstances',
      component: () => import('./CircumstanceListPage.vue'),
      meta: { title: 'circumstances.title', permission: 'circumstance.read' },
    },
  ],
  menu: [
    {
      to: 'circumstances',
      label: 'circumstances.title',
      icon: 'book',
      group: 'subsidies',
      order: 30,
      permission: 'circumstance.read',
    },
  ],
}

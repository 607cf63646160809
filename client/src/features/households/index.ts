import type { Feature } from '../../ui/navigation.ts'

export const householdsFeature: Feature = {
  routes: [
    {
      path: '/households',
      name: 'households',
      component: () => import('./HouseholdListPage.vue'),
      meta: { title: 'households.title', permission: 'household.read' },
    },
    {
      path: '/households/:id',
      name: 'household',
      component: () => import('./HouseholdPage.vue'),
      meta: { title: 'households.one', permission: 'household.read', parent: 'households' },
    },
  ],
  menu: [
    {
      to: 'households',
      label: 'households.title',
      icon: 'household',
      group: 'population',
      order: 20,
      permission: 'household.read',
    },
  ],
}

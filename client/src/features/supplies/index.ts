import type { Feature } from '../../ui/navigation.ts'

export const suppliesFeature: Feature = {
  routes: [
    {
      path: '/supplies',
      name: 'supplies',
      component: () => import('./SuppliesPage.vue'),
      meta: { title: 'supplies.title', permission: 'supply.read' },
    },
  ],
  menu: [
    {
      to: 'supplies',
      label: 'supplies.title',
      icon: 'supplies',
      group: 'contraception',
      order: 60,
      permission: 'supply.read',
    },
  ],
}

import type { Feature } from '../../ui/navigation.ts'

export const laboratoryFeature: Feature = {
  routes: [
    {
      path: '/laboratory',
      name: 'laboratory',
      component: () => import('./LaboratoryPage.vue'),
      meta: { title: 'laboratory.title', permission: 'care.lab' },
    },
    {
      path: '/lab-orders',
      name: 'lab-orders',
      component: () => import('./LabOrdersPage.vue'),
      meta: { title: 'laboratory.orders.title', permission: 'care.read' },
    },
  ],
  menu: [
    {
      to: 'laboratory',
      label: 'laboratory.title',
      icon: 'supplies',
      group: 'birth-defects',
      order: 46,
      permission: 'care.lab',
    },
    {
      to: 'lab-orders',
      label: 'laboratory.orders.title',
      icon: 'supplies',
      group: 'birth-defects',
      order: 45,
      permission: 'care.read',
    },
  ],
}

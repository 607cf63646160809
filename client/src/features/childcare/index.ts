import type { Feature } from '../../ui/navigation.ts'

export const childcareFeature: Feature = {
  routes: [
    {
      path: '/childcare',
      name: 'childcare',
      component: () => import('./ChildcarePage.vue'),
      meta: { title: 'childcare.title', permission: 'childcare.read' },
    },
  ],
  menu: [
    {
      to: 'childcare',
      label: 'childcare.title',
      icon: 'childcare',
      group: 'population',
      order: 50,
      permission: 'childcare.read',
    },
  ],
}

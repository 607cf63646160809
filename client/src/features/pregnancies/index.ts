import type { Feature } from '../../ui/navigation.ts'

export const pregnanciesFeature: Feature = {
  routes: [
    {
      path: '/pregnancies',
      name: 'pregnancies',
      component: () => import('./PregnancyListPage.vue'),
      meta: { title: 'pregnancies.title', permission: 'pregnancy.read' },
    },
  ],
  menu: [
    {
      to: 'pregnancies',
      label: 'pregnancies.title',
      icon: 'care',
      group: 'population',
      order: 45,
      permission: 'pregnancy.read',
    },
  ],
}

import type { Feature } from '../../ui/navigation.ts'

export const newbornScreeningFeature: Feature = {
  routes: [
    {
      path: '/newborn-screening',
      name: 'newborn-screening',
      component: () => import('./NewbornPage.vue'),
      meta: { title: 'newbornScreening.title', permission: 'care.read' },
    },
    {
      path: '/newborn-screening/children/:id',
      name: 'newborn-screening-child',
      component: () => import('./ChildPage.vue'),
      meta: { title: 'newbornScreening.child.title', permission: 'care.read', parent: 'newborn-screening' },
    },
  ],
  menu: [
    {
      to: 'newborn-screening',
      label: 'newbornScreening.title',
      icon: 'birth',
      group: 'birth-defects',
      order: 40,
      permission: 'care.read',
    },
  ],
}

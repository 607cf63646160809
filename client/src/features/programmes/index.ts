import type { Feature } from '../../ui/navigation.ts'

export const programmesFeature: Feature = {
  routes: [
    {
      path: '/programmes',
      name: 'programmes',
      component: () => import('./ProgrammeListPage.vue'),
      meta: { title: 'programmes.title', permission: 'programme.read' },
    },
    {
      path: '/programmes/:code',
      name: 'programme',
      component: () => import('./ProgrammePage.vue'),
      meta: { title: 'programmes.detail.title', permission: 'programme.read', parent: 'programmes' },
    },
    {
      path: '/programmes/:code/edit',
      name: 'programme-edit',
      component: () => import('./ProgrammeEditPage.vue'),
      meta: { title: 'programmes.edit.title', permission: 'programme.manage', parent: 'programme' },
    },
    {
      path: '/programme-changes/:id',
      name: 'programme-change',
      component: () => import('./ProgrammeChangePage.vue'),
      meta: { title: 'programmes.change.title', permission: 'programme.read', parent: 'programmes' },
    },
  ],
  menu: [
    {
      to: 'programmes',
      label: 'programmes.title',
      icon: 'book',
      group: 'subsidies',
      order: 10,
      permission: 'programme.read',
    },
  ],
}

import type { Feature } from '../../ui/navigation.ts'

export const divisionsFeature: Feature = {
  routes: [
    {
      path: '/divisions',
      name: 'divisions',
      component: () => import('./DivisionPage.vue'),
      meta: { title: 'divisions.title', permission: 'division.read' },
    },
    {
      path: '/divisions/changes',
      name: 'division-changes',
      component: () => import('./DivisionChangeListPage.vue'),
      meta: { title: 'divisions.changes.title', permission: 'division.read', parent: 'divisions' },
    },
    {
      path: '/divisions/changes/new',
      name: 'division-change-new',
      component: () => import('./DivisionChangePage.vue'),
      meta: { title: 'divisions.change.title', permission: 'division.manage', parent: 'division-changes' },
    },
  ],
  menu: [
    {
      to: 'divisions',
      label: 'divisions.title',
      icon: 'division',
      group: 'area',
      order: 10,
      permission: 'division.read',
    },
  ],
}

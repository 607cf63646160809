import type { Feature } from '../../ui/navigation.ts'

export const usersFeature: Feature = {
  routes: [
    {
      path: '/users',
      name: 'users',
      component: () => import('./UserListPage.vue'),
      meta: { title: 'users.title', permission: 'account.read' },
    },
    {
      path: '/users/new',
      name: 'user-new',
      component: () => import('./UserNewPage.vue'),
      meta: { title: 'users.new.title', permission: 'grant.give', parent: 'users' },
    },
    {
      path: '/users/:id',
      name: 'user',
      component: () => import('./UserPage.vue'),
      meta: { title: 'users.detail.title', permission: 'account.read', parent: 'users' },
    },
    {
      path: '/roles',
      name: 'roles',
      component: () => import('./RolesPage.vue'),
      meta: { title: 'users.roles.title', permission: 'account.read' },
    },
  ],
  menu: [
    {
      to: 'users',
      label: 'users.title',
      icon: 'user',
      group: 'system',
      order: 10,
      permission: 'account.read',
    },
    {
      to: 'roles',
      label: 'users.roles.title',
      icon: 'shield',
      group: 'system',
      order: 15,
      permission: 'account.read',
    },
  ],
}

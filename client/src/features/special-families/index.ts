import type { Feature } from '../../ui/navigation.ts'

export const specialFamiliesFeature: Feature = {
  routes: [
    {
      path: '/special-families',
      name: 'special-families',
      component: () => import('./FamilyListPage.vue'),
      meta: { title: 'specialFamilies.title', permission: 'family.read' },
    },
    {
      path: '/special-families/:id',
      name: 'special-family',
      component: () => import('./FamilyPage.vue'),
      meta: { title: 'specialFamilies.one', permission: 'family.read', parent: 'special-families' },
    },
    {
      path: '/my-special-families',
      name: 'my-special-families',
      component: () => import('./MyFamiliesPage.vue'),
      meta: { title: 'specialFamilies.mine', permission: 'family.support' },
    },
    {
      path: '/my-special-families/:id',
      name: 'my-special-family',
      component: () => import('./MyFamilyPage.vue'),
      meta: { title: 'specialFamilies.card', permission: 'family.support', parent: 'my-special-families' },
    },
  ],
  menu: [
    {
      to: 'special-families',
      label: 'specialFamilies.title',
      icon: 'household',
      group: 'subsidies',
      order: 70,
      permission: 'family.read',
    },
    {
      to: 'my-special-families',
      label: 'specialFamilies.mine',
      icon: 'user',
      group: 'subsidies',
      order: 72,
      permission: 'family.support',
    },
  ],
}

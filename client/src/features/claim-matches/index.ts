import type { Feature } from '../../ui/navigation.ts'

export const claimMatchesFeature: Feature = {
  routes: [
    {
      path: '/claim-matches',
      name: 'claim-matches',
      component: () => import('./MatchListPage.vue'),
      meta: { title: 'claimMatches.title', permission: 'application.read' },
    },
    {
      path: '/claim-matches/:id',
      name: 'claim-match',
      component: () => import('./MatchPage.vue'),
      meta: { title: 'claimMatches.one.title', permission: 'application.read', parent: 'claim-matches' },
    },
    {
      path: '/claim-lists',
      name: 'claim-lists',
      component: () => import('./ClaimListsPage.vue'),
      meta: { title: 'claimMatches.lists.title', permission: 'application.confirm', parent: 'claim-matches' },
    },
  ],
  menu: [
    {
      to: 'claim-matches',
      label: 'claimMatches.title',
      icon: 'merge',
      group: 'subsidies',
      order: 44,
      permission: 'application.read',
    },
  ],
}

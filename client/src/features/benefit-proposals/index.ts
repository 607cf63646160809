import type { Feature } from '../../ui/navigation.ts'

export const benefitProposalsFeature: Feature = {
  routes: [
    {
      path: '/benefit-proposals',
      name: 'benefit-proposals',
      component: () => import('./ProposalListPage.vue'),
      meta: { title: 'benefitProposals.title', permission: 'application.file' },
    },
  ],
  menu: [
    {
      to: 'benefit-proposals',
      label: 'benefitProposals.title',
      icon: 'person',
      group: 'subsidies',
      order: 16,
      permission: 'application.file',
    },
  ],
}

import type { Feature } from '../../ui/navigation.ts'

export const childFollowUpFeature: Feature = {
  routes: [
    {
      path: '/child-follow-ups',
      name: 'child-follow-ups',
      component: () => import('./FollowUpListPage.vue'),
      meta: { title: 'childFollowUp.title', permission: 'care.read' },
    },
    {
      path: '/child-follow-ups/:id',
      name: 'child-follow-up',
      component: () => import('./FollowUpPage.vue'),
      meta: { title: 'childFollowUp.detail.title', permission: 'care.read', parent: 'child-follow-ups' },
    },
    {
      path: '/family-files',
      name: 'family-files',
      component: () => import('./FamilyFileListPage.vue'),
      meta: { title: 'childFollowUp.families.title', permission: 'care.read' },
    },
    {
      path: '/family-files/:id',
      name: 'family-file',
      component: () => import('./FamilyFilePage.vue'),
      meta: { title: 'childFollowUp.family.title', permission: 'care.read', parent: 'family-files' },
    },
  ],
  menu: [
    {
      to: 'child-follow-ups',
      label: 'childFollowUp.title',
      icon: 'childcare',
      group: 'birth-defects',
      order: 60,
      permission: 'care.read',
    },
    {
      to: 'family-files',
      label: 'childFollowUp.families.title',
      icon: 'household',
      group: 'birth-defects',
      order: 62,
      permission: 'care.read',
    },
  ],
}

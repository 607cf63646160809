import type { Feature } from '../../ui/navigation.ts'

export const careRulesFeature: Feature = {
  routes: [
    {
      path: '/care-rules/eligibility',
      name: 'mec-editions',
      component: () => import('./EditionListPage.vue'),
      meta: { title: 'careRules.editions.title', permission: 'care-rule.read' },
    },
    {
      path: '/care-rules/eligibility/:edition',
      name: 'mec-edition',
      component: () => import('./EditionPage.vue'),
      meta: { title: 'careRules.edition.title', permission: 'care-rule.read', parent: 'mec-editions' },
    },
    {
      path: '/care-rules/methods',
      name: 'method-sheets',
      component: () => import('./MethodListPage.vue'),
      meta: { title: 'careRules.methods.title', permission: 'care-rule.read' },
    },
    {
      path: '/care-rules/methods/:method',
      name: 'method-sheet',
      component: () => import('./MethodPage.vue'),
      meta: { title: 'careRules.method.title', permission: 'care-rule.read', parent: 'method-sheets' },
    },
  ],
  menu: [
    {
      to: 'mec-editions',
      label: 'careRules.editions.menu',
      icon: 'shield',
      group: 'contraception',
      order: 80,
      permission: 'care-rule.read',
    },
    {
      to: 'method-sheets',
      label: 'careRules.methods.menu',
      icon: 'book',
      group: 'contraception',
      order: 81,
      permission: 'care-rule.read',
    },
  ],
}

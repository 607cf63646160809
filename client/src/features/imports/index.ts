import type { Feature } from '../../ui/navigation.ts'

export const importsFeature: Feature = {
  routes: [
    {
      path: '/imports',
      name: 'imports',
      component: () => import('./ImportListPage.vue'),
      meta: { title: 'imports.title', permission: 'import.run' },
    },
    {
      path: '/imports/new',
      name: 'import-new',
      component: () => import('./ImportWizardPage.vue'),
      meta: { title: 'imports.wizard.title', permission: 'import.run', parent: 'imports' },
    },
    {
      path: '/imports/:id',
      name: 'import',
      component: () => import('./ImportPage.vue'),
      meta: { title: 'imports.detail.title', permission: 'import.run', parent: 'imports' },
    },
  ],
  menu: [
    {
      to: 'imports',
      label: 'imports.title',
      icon: 'import',
      group: 'exchange',
      order: 10,
      permission: 'import.run',
    },
  ],
}

import type { Feature } from '../../ui/navigation.ts'

export const beforePregnancyFeature: Feature = {
  routes: [
    {
      path: '/before-pregnancy',
      name: 'before-pregnancy',
      component: () => import('./BeforePregnancyPage.vue'),
      meta: { title: 'beforePregnancy.title', permission: 'care.read' },
    },
    {
      path: '/before-pregnancy/checks/new',
      name: 'couple-check-new',
      component: () => import('./CheckFormPage.vue'),
      meta: { title: 'beforePregnancy.check.new', permission: 'care.record', parent: 'before-pregnancy' },
    },
    {
      path: '/before-pregnancy/checks/:id',
      name: 'couple-check',
      component: () => import('./AdviceSheetPage.vue'),
      meta: { title: 'beforePregnancy.sheet.title', permission: 'care.read', parent: 'before-pregnancy' },
    },
    {
      path: '/before-pregnancy/checks/:id/correction',
      name: 'couple-check-correction',
      component: () => import('./CheckFormPage.vue'),
      meta: { title: 'beforePregnancy.check.correct', permission: 'care.record', parent: 'couple-check' },
    },
    {
      path: '/torch-tests',
      name: 'torch-tests',
      component: () => import('./TorchPage.vue'),
      meta: { title: 'beforePregnancy.torch.title', permission: 'care.read' },
    },
    {
      path: '/torch-tests/new',
      name: 'torch-test-new',
      component: () => import('./TorchFormPage.vue'),
      meta: { title: 'beforePregnancy.torch.new', permission: 'care.record', parent: 'torch-tests' },
    },
    {
      path: '/torch-tests/:id',
      name: 'torch-test',
      component: () => import('./TorchTestPage.vue'),
      meta: { title: 'beforePregnancy.torch.one', permission: 'care.read', parent: 'torch-tests' },
    },
    {
      path: '/torch-tests/:id/correction',
      name: 'torch-test-correction',
      component: () => import('./TorchFormPage.vue'),
      meta: { title: 'beforePregnancy.torch.correct', permission: 'care.record', parent: 'torch-test' },
    },
    {
      path: '/torch-cases/:id',
      name: 'torch-case',
      component: () => import('./TorchCasePage.vue'),
      meta: { title: 'beforePregnancy.cases.one', permission: 'care.read', parent: 'torch-tests' },
    },
    {
      path: '/folic-acid',
      name: 'folic-acid',
      component: () => import('./FolicAcidPage.vue'),
      meta: { title: 'beforePregnancy.folic.title', permission: 'care.read' },
    },
    {
      path: '/folic-acid/:id',
      name: 'folic-acid-course',
      component: () => import('./CoursePage.vue'),
      meta: { title: 'beforePregnancy.folic.one', permission: 'care.read', parent: 'folic-acid' },
    },
    {
      path: '/check-item-sets',
      name: 'check-item-sets',
      component: () => import('./item-sets/ItemSetListPage.vue'),
      meta: { title: 'beforePregnancy.sets.title', permission: 'care-rule.read' },
    },
    {
      path: '/check-item-sets/:code',
      name: 'check-item-set',
      component: () => import('./item-sets/ItemSetPage.vue'),
      meta: { title: 'beforePregnancy.sets.one', permission: 'care-rule.read', parent: 'check-item-sets' },
    },
  ],
  menu: [
    {
      to: 'before-pregnancy',
      label: 'beforePregnancy.title',
      icon: 'care',
      group: 'birth-defects',
      order: 10,
      permission: 'care.read',
    },
    {
      to: 'torch-tests',
      label: 'beforePregnancy.torch.title',
      icon: 'shield',
      group: 'birth-defects',
      order: 12,
      permission: 'care.read',
    },
    {
      to: 'folic-acid',
      label: 'beforePregnancy.folic.title',
      icon: 'supplies',
      group: 'birth-defects',
      order: 14,
      permission: 'care.read',
    },
    {
      to: 'check-item-sets',
      label: 'beforePregnancy.sets.title',
      icon: 'book',
      group: 'birth-defects',
      order: 93,
      permission: 'care-rule.read',
    },
  ],
}

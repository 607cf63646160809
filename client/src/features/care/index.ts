import type { Feature } from '../../ui/navigation.ts'

export const careFeature: Feature = {
  routes: [
    {
      path: '/care',
      name: 'care',
      component: () => import('./CareDayPage.vue'),
      meta: { title: 'care.title', permission: 'care.read' },
    },
    {
      path: '/care/clients/:id',
      name: 'care-client',
      component: () => import('./ClientPage.vue'),
      meta: { title: 'care.record.title', permission: 'care.read', parent: 'care' },
    },
    {
      path: '/care/clients/:id/encounter',
      name: 'care-encounter',
      component: () => import('./EncounterPage.vue'),
      meta: { title: 'care.encounter.title', permission: 'care.record', parent: 'care-client' },
    },
    {
      path: '/care/clients/:id/removal',
      name: 'care-removal',
      component: () => import('./RemovalPage.vue'),
      meta: { title: 'care.removal.title', permission: 'care.record', parent: 'care-client' },
    },
    {
      path: '/care/choices/:id/sheet',
      name: 'care-choice-sheet',
      component: () => import('./ChoiceSheetPage.vue'),
      meta: { title: 'care.sheet.title', permission: 'care.read', parent: 'care' },
    },
  ],
  menu: [
    {
      to: 'care',
      label: 'care.title',
      icon: 'care',
      group: 'contraception',
      order: 10,
      permission: 'care.read',
    },
  ],
}

import type { Feature } from '../../ui/navigation.ts'

export const personsFeature: Feature = {
  routes: [
    {
      path: '/persons',
      name: 'persons',
      component: () => import('./PersonListPage.vue'),
      meta: { title: 'persons.title', permission: 'person.read' },
    },
    {
      path: '/persons/new',
      name: 'person-new',
      component: () => import('./PersonNewPage.vue'),
      meta: { title: 'persons.new.title', permission: 'person.create', parent: 'persons' },
    },
    {
      path: '/persons/merge',
      name: 'person-merge',
      component: () => import('./PersonMergePage.vue'),
      meta: { title: 'persons.merge.title', permission: 'person.merge', parent: 'persons' },
    },
    {
      path: '/persons/:id',
      name: 'person',
      component: () => import('./PersonPage.vue'),
      meta: { title: 'persons.one', permission: 'person.read', parent: 'persons' },
    },
  ],
  menu: [
    {
      to: 'persons',
      label: 'persons.title',
      icon: 'person',
      group: 'population',
      order: 10,
      permission: 'person.read',
    },
  ],
}

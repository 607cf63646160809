import type { Feature } from '../../ui/navigation.ts'

export const eventsFeature: Feature = {
  routes: [
    {
      path: '/events',
      name: 'events',
      component: () => import('./EventListPage.vue'),
      meta: { title: 'events.title', permission: 'event.read' },
    },
    {
      path: '/births/new',
      name: 'birth-new',
      component: () => import('./EventNewPage.vue'),
      props: { noun: 'births' },
      meta: { title: 'events.record.births', permission: 'birth.record', parent: 'events' },
    },
    {
      path: '/deaths/new',
      name: 'death-new',
      component: () => import('./EventNewPage.vue'),
      props: { noun: 'deaths' },
      meta: { title: 'events.record.deaths', permission: 'event.record', parent: 'events' },
    },
    {
      path: '/marriages/new',
      name: 'marriage-new',
      component: () => import('./EventNewPage.vue'),
      props: { noun: 'marriages' },
      meta: { title: 'events.record.marriages', permission: 'event.record', parent: 'events' },
    },
    {
      path: '/moves/new',
      name: 'move-new',
      component: () => import('./EventNewPage.vue'),
      props: { noun: 'moves' },
      meta: { title: 'events.record.moves', permission: 'event.record', parent: 'events' },
    },
    {
      path: '/parentage/new',
      name: 'parentage-new',
      component: () => import('./EventNewPage.vue'),
      props: { noun: 'parentage' },
      meta: { title: 'events.record.parentage', permission: 'event.record', parent: 'events' },
    },
    {
      path: '/event-findings',
      name: 'event-findings',
      component: () => import('./FindingListPage.vue'),
      meta: { title: 'events.doubts.title', permission: 'event.read', parent: 'events' },
    },
    {
      path: '/county-transfers',
      name: 'county-transfers',
      component: () => import('./TransferListPage.vue'),
      meta: { title: 'events.transfers.title', permission: 'event.read', parent: 'events' },
    },
  ],
  menu: [
    {
      to: 'events',
      label: 'events.title',
      icon: 'event',
      group: 'population',
      order: 30,
      permission: 'event.read',
    },
  ],
}

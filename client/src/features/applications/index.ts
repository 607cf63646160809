import type { Feature } from '../../ui/navigation.ts'

export const applicationsFeature: Feature = {
  routes: [
    {
      path: '/application-queue',
      name: 'application-queue',
      component: () => import('./QueuePage.vue'),
      meta: { title: 'applications.queue.title', permission: 'application.read' },
    },
    {
      path: '/applications',
      name: 'applications',
      component: () => import('./ApplicationListPage.vue'),
      meta: { title: 'applications.title', permission: 'application.read' },
    },
    {
      path: '/applications/new',
      name: 'application-new',
      component: () => import('./ApplicationNewPage.vue'),
      meta: { title: 'applications.file.title', permission: 'application.file', parent: 'applications' },
    },
    {
      path: '/applications/:id',
      name: 'application',
      component: () => import('./ApplicationPage.vue'),
      meta: { title: 'applications.case.title', permission: 'application.read', parent: 'applications' },
    },
    {
      path: '/applications/:id/letter',
      name: 'application-letter',
      component: () => import('./LetterPage.vue'),
      meta: { title: 'applications.letter.title', permission: 'application.file', parent: 'applications' },
    },
  ],
  menu: [
    {
      to: 'application-queue',
      label: 'applications.queue.title',
      icon: 'event',
      group: 'subsidies',
      order: 10,
      permission: 'application.read',
    },
    {
      to: 'applications',
      label: 'applications.title',
      icon: 'file',
      group: 'subsidies',
      order: 20,
      permission: 'application.read',
    },
  ],
}

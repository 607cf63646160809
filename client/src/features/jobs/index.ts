import type { Feature } from '../../ui/navigation.ts'

export const jobsFeature: Feature = {
  routes: [
    {
      path: '/jobs',
      name: 'jobs',
      component: () => import('./JobListPage.vue'),
      meta: { title: 'jobs.title' },
    },
    {
      path: '/jobs/:id',
      name: 'job',
      component: () => import('./JobPage.vue'),
      meta: { title: 'jobs.detail.title', parent: 'jobs' },
    },
  ],
  menu: [{ to: 'jobs', label: 'jobs.title', icon: 'job', group: 'exchange', order: 30 }],
}

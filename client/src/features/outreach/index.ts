import type { Feature } from '../../ui/navigation.ts'

export const outreachFeature: Feature = {
  routes: [
    {
      path: '/outreach',
      name: 'outreach',
      component: () => import('./OutreachListPage.vue'),
      meta: { title: 'outreach.title', permission: 'outreach.read' },
    },
    {
      path: '/outreach/new',
      name: 'outreach-new',
      component: () => import('./OutreachPage.vue'),
      meta: { title: 'outreach.new', permission: 'outreach.record', parent: 'outreach' },
    },
    {
      path: '/outreach/:id',
      name: 'outreach-session',
      component: () => import('./OutreachPage.vue'),
      meta: { title: 'outreach.one', permission: 'outreach.read', parent: 'outreach' },
    },
  ],
  menu: [
    {
      to: 'outreach',
      label: 'outreach.title',
      icon: 'move',
      group: 'contraception',
      order: 35,
      permission: 'outreach.read',
    },
  ],
}

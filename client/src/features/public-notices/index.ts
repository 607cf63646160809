import type { Feature } from '../../ui/navigation.ts'

export const publicNoticesFeature: Feature = {
  routes: [
    {
      path: '/public-notices',
      name: 'public-notices',
      component: () => import('./NoticeListPage.vue'),
      meta: { title: 'publicNotices.title', permission: 'application.read' },
    },
    {
      path: '/public-notices/:id',
      name: 'public-notice',
      component: () => import('./NoticePage.vue'),
      meta: { title: 'publicNotices.one.title', permission: 'application.read', parent: 'public-notices' },
    },
    {
      path: '/public-notices/:id/sheet',
      name: 'public-notice-sheet',
      component: () => import('./NoticeSheetPage.vue'),
      meta: { title: 'publicNotices.sheet.title', permission: 'application.read', parent: 'public-notice' },
    },
    {
      path: '/objections',
      name: 'objections',
      component: () => import('./ObjectionListPage.vue'),
      meta: { title: 'publicNotices.objections.title', permission: 'notice.manage' },
    },
    {
      path: '/objections/:id',
      name: 'objection',
      component: () => import('./ObjectionPage.vue'),
      meta: { title: 'publicNotices.objections.one', permission: 'notice.manage', parent: 'objections' },
    },
  ],
  menu: [
    {
      to: 'public-notices',
      label: 'publicNotices.title',
      icon: 'bell',
      group: 'subsidies',
      order: 40,
      permission: 'application.read',
    },
    {
      to: 'objections',
      label: 'publicNotices.objections.title',
      icon: 'report',
      group: 'subsidies',
      order: 42,
      permission: 'notice.manage',
    },
  ],
}

import type { Feature } from '../../ui/navigation.ts'

/** The board that everybody reads: no sign-in, nothing behind it. */
export const noticeBoardFeature: Feature = {
  routes: [
    {
      path: '/notices',
      name: 'notice-board',
      component: () => import('./BoardPage.vue'),
      meta: { title: 'noticeBoard.title', open: true },
    },
    {
      path: '/notices/replies',
      name: 'notice-board-reply',
      component: () => import('./ReplyPage.vue'),
      meta: { title: 'noticeBoard.reply.title', open: true },
    },
    {
      path: '/notices/:county(\\d{6})/:id',
      name: 'notice-board-list',
      component: () => import('./BoardNoticePage.vue'),
      meta: { title: 'noticeBoard.one.title', open: true },
    },
  ],
  menu: [],
}

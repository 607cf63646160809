import type { Feature } from '../../ui/navigation.ts'

export const defectSurveillanceFeature: Feature = {
  routes: [
    {
      path: '/defect-cards',
      name: 'defect-cards',
      component: () => import('./CardListPage.vue'),
      meta: { title: 'defectSurveillance.title', permission: 'care.report' },
    },
    {
      path: '/defect-cards/new',
      name: 'defect-card-new',
      component: () => import('./CardFormPage.vue'),
      meta: { title: 'defectSurveillance.new', permission: 'care.report', parent: 'defect-cards' },
    },
    {
      path: '/defect-cards/:id',
      name: 'defect-card',
      component: () => import('./CardPage.vue'),
      meta: { title: 'defectSurveillance.card.title', permission: 'care.report', parent: 'defect-cards' },
    },
    {
      path: '/defect-cards/:id/edit',
      name: 'defect-card-edit',
      component: () => import('./CardFormPage.vue'),
      meta: { title: 'defectSurveillance.form.edit', permission: 'care.report', parent: 'defect-cards' },
    },
    {
      path: '/defect-cards/:id/correction',
      name: 'defect-card-correction',
      component: () => import('./CardFormPage.vue'),
      meta: {
        title: 'defectSurveillance.form.correction',
        permission: 'care.report',
        parent: 'defect-cards',
      },
    },
    {
      path: '/missed-case-audits',
      name: 'missed-case-audits',
      component: () => import('./AuditListPage.vue'),
      meta: { title: 'defectSurveillance.audits.title', permission: 'care.report', parent: 'defect-cards' },
    },
    {
      path: '/missed-case-audits/:id',
      name: 'missed-case-audit',
      component: () => import('./AuditPage.vue'),
      meta: {
        title: 'defectSurveillance.audits.title',
        permission: 'care.report',
        parent: 'missed-case-audits',
      },
    },
    {
      path: '/defect-return',
      name: 'defect-return',
      component: () => import('./ReturnPage.vue'),
      meta: { title: 'defectSurveillance.returns.title', permission: 'care.report', parent: 'defect-cards' },
    },
    {
      path: '/defect-reviews',
      name: 'defect-reviews',
      component: () => import('./ReviewQueuePage.vue'),
      meta: { title: 'defectSurveillance.queue.page', permission: 'care.review' },
    },
    {
      path: '/defect-reviews/:id',
      name: 'defect-review',
      component: () => import('./CardPage.vue'),
      meta: { title: 'defectSurveillance.card.title', permission: 'care.review', parent: 'defect-reviews' },
    },
    {
      path: '/county-defect-return',
      name: 'county-defect-return',
      component: () => import('./ReturnPage.vue'),
      meta: {
        title: 'defectSurveillance.returns.county',
        permission: 'care.review',
        parent: 'defect-reviews',
      },
    },
  ],
  menu: [
    {
      to: 'defect-cards',
      label: 'defectSurveillance.title',
      icon: 'report',
      group: 'birth-defects',
      order: 50,
      permission: 'care.report',
    },
    {
      to: 'defect-reviews',
      label: 'defectSurveillance.queue.page',
      icon: 'report',
      group: 'birth-defects',
      order: 52,
      permission: 'care.review',
    },
  ],
}

import type { Feature } from '../../ui/navigation.ts'

export const paymentsFeature: Feature = {
  routes: [
    {
      path: '/payment-batches',
      name: 'payment-batches',
      component: () => import('./BatchListPage.vue'),
      meta: { title: 'payments.title', permission: 'payment.read' },
    },
    {
      path: '/payment-batches/:id',
      name: 'payment-batch',
      component: () => import('./BatchPage.vue'),
      meta: { title: 'payments.batch.title', permission: 'payment.read', parent: 'payment-batches' },
    },
    {
      path: '/payment-batches/:id/sheet',
      name: 'payment-batch-sheet',
      component: () => import('./BatchSheetPage.vue'),
      meta: { title: 'payments.sheet.title', permission: 'payment.read', parent: 'payment-batch' },
    },
    {
      path: '/payment-items/:item',
      name: 'payment-item',
      component: () => import('./TracePage.vue'),
      meta: { title: 'payments.trace.title', permission: 'payment.read', parent: 'payment-batches' },
    },
  ],
  menu: [
    {
      to: 'payment-batches',
      label: 'payments.title',
      icon: 'money',
      group: 'subsidies',
      order: 60,
      permission: 'payment.read',
    },
  ],
}

import type { Feature } from '../../ui/navigation.ts'

export const overpaymentsFeature: Feature = {
  routes: [
    {
      path: '/overpayments',
      name: 'overpayments',
      component: () => import('./OverpaymentListPage.vue'),
      meta: { title: 'overpayments.title', permission: 'beneficiary.read' },
    },
    {
      path: '/overpayments/:id',
      name: 'overpayment',
      component: () => import('./OverpaymentPage.vue'),
      meta: { title: 'overpayments.one', permission: 'beneficiary.read', parent: 'overpayments' },
    },
    {
      path: '/write-offs',
      name: 'write-offs',
      component: () => import('./WriteOffPage.vue'),
      meta: { title: 'overpayments.writeOffs.title', permission: 'payment.approve' },
    },
  ],
  menu: [
    {
      to: 'overpayments',
      label: 'overpayments.title',
      icon: 'history',
      group: 'subsidies',
      order: 58,
      permission: 'beneficiary.read',
    },
    {
      to: 'write-offs',
      label: 'overpayments.writeOffs.title',
      icon: 'history',
      group: 'subsidies',
      order: 59,
      permission: 'payment.approve',
    },
  ],
}

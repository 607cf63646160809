import type { Feature } from '../../ui/navigation.ts'

export const paymentAccountsFeature: Feature = {
  routes: [
    {
      path: '/payment-accounts',
      name: 'payment-accounts',
      component: () => import('./AccountListPage.vue'),
      meta: { title: 'paymentAccounts.title', permission: 'payment.read' },
    },
    {
      path: '/payment-account-alerts',
      name: 'payment-account-alerts',
      component: () => import('./AlertListPage.vue'),
      meta: { title: 'paymentAccounts.alerts.title', permission: 'payment.read', parent: 'payment-accounts' },
    },
    {
      path: '/payment-accounts/:id',
      name: 'payment-account',
      component: () => import('./AccountPage.vue'),
      meta: { title: 'paymentAccounts.detail', permission: 'payment.read', parent: 'payment-accounts' },
    },
  ],
  menu: [
    {
      to: 'payment-accounts',
      label: 'paymentAccounts.title',
      icon: 'bank',
      group: 'subsidies',
      order: 62,
      permission: 'payment.read',
    },
  ],
}

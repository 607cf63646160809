import type { Feature } from '../../ui/navigation.ts'

export const financeStatementsFeature: Feature = {
  routes: [
    {
      path: '/finance-statements',
      name: 'finance-statements',
      component: () => import('./StatementPage.vue'),
      meta: { title: 'financeStatements.title', permission: 'ledger.read' },
    },
  ],
  menu: [
    {
      to: 'finance-statements',
      label: 'financeStatements.title',
      icon: 'report',
      group: 'subsidies',
      order: 70,
      permission: 'ledger.read',
    },
  ],
}

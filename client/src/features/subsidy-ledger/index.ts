import { defineAsyncComponent } from 'vue'
import type { Feature } from '../../ui/navigation.ts'

export const subsidyLedgerFeature: Feature = {
  routes: [
    {
      path: '/programme-funds',
      name: 'programme-funds',
      component: () => import('./FundsPage.vue'),
      meta: { title: 'subsidyLedger.funds.title', permission: 'ledger.read' },
    },
    {
      path: '/ledger',
      name: 'ledger',
      component: () => import('./LedgerPage.vue'),
      meta: { title: 'subsidyLedger.ledger.title', permission: 'ledger.read' },
    },
    {
      path: '/ledger/:id',
      name: 'ledger-entry',
      component: () => import('./EntryPage.vue'),
      meta: { title: 'subsidyLedger.entry.title', permission: 'ledger.read', parent: 'ledger' },
    },
  ],
  menu: [
    {
      to: 'programme-funds',
      label: 'subsidyLedger.funds.title',
      icon: 'chart',
      group: 'subsidies',
      order: 66,
      permission: 'ledger.read',
    },
    {
      to: 'ledger',
      label: 'subsidyLedger.ledger.title',
      icon: 'ledger',
      group: 'subsidies',
      order: 68,
      permission: 'ledger.read',
    },
  ],
}

/** One entry with its lines; loaded with the page that shows it. */
export const LedgerEntryCard = defineAsyncComponent(() => import('./LedgerEntryCard.vue'))

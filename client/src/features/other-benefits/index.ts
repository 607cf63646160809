import type { Feature } from '../../ui/navigation.ts'

export const otherBenefitsFeature: Feature = {
  routes: [
    {
      path: '/other-benefits',
      name: 'other-benefits',
      component: () => import('./OverviewPage.vue'),
      meta: { title: 'otherBenefits.title', permission: 'payment.read' },
    },
    {
      path: '/benefit-settlements',
      name: 'benefit-settlements',
      component: () => import('./SettlementListPage.vue'),
      meta: {
        title: 'otherBenefits.settlements.title',
        permission: 'payment.read',
        parent: 'other-benefits',
      },
    },
    {
      path: '/benefit-settlements/:id',
      name: 'benefit-settlement',
      component: () => import('./SettlementPage.vue'),
      meta: {
        title: 'otherBenefits.settlements.one',
        permission: 'payment.read',
        parent: 'benefit-settlements',
      },
    },
    {
      path: '/service-tariffs',
      name: 'service-tariffs',
      component: () => import('./TariffsPage.vue'),
      meta: { title: 'otherBenefits.tariffs.title', permission: 'programme.read', parent: 'other-benefits' },
    },
    {
      path: '/insurance-policies',
      name: 'insurance-policies',
      component: () => import('./PolicyListPage.vue'),
      meta: { title: 'otherBenefits.insurance.title', permission: 'family.read', parent: 'other-benefits' },
    },
    {
      path: '/insurance-policies/:id',
      name: 'insurance-policy',
      component: () => import('./PolicyPage.vue'),
      meta: {
        title: 'otherBenefits.insurance.one',
        permission: 'family.read',
        parent: 'insurance-policies',
      },
    },
    {
      path: '/hospital-stays',
      name: 'hospital-stays',
      component: () => import('./StaysPage.vue'),
      meta: { title: 'otherBenefits.stays.title', permission: 'family.read' },
    },
    {
      path: '/insured-stays',
      name: 'insured-stays',
      component: () => import('./InsuredStaysPage.vue'),
      meta: { title: 'otherBenefits.insured.title', permission: 'insurance.claim' },
    },
    {
      path: '/fee-waivers',
      name: 'fee-waivers',
      component: () => import('./WaiversPage.vue'),
      meta: { title: 'otherBenefits.waivers.title', permission: 'family.read' },
    },
    {
      path: '/benefit-rosters',
      name: 'benefit-rosters',
      component: () => import('./RosterListPage.vue'),
      meta: { title: 'otherBenefits.rosters.title', permission: 'payment.read', parent: 'other-benefits' },
    },
    {
      path: '/benefit-rosters/:id',
      name: 'benefit-roster',
      component: () => import('./RosterPage.vue'),
      meta: { title: 'otherBenefits.rosters.one', permission: 'payment.read', parent: 'benefit-rosters' },
    },
    {
      path: '/family-projects',
      name: 'family-projects',
      component: () => import('./ProjectsPage.vue'),
      meta: { title: 'otherBenefits.projects.title', permission: 'family.read' },
    },
    {
      path: '/closed-ledgers',
      name: 'closed-ledgers',
      component: () => import('./LedgerListPage.vue'),
      meta: { title: 'otherBenefits.ledgers.title', permission: 'ledger.read', parent: 'other-benefits' },
    },
    {
      path: '/closed-ledgers/:id',
      name: 'closed-ledger',
      component: () => import('./LedgerPage.vue'),
      meta: { title: 'otherBenefits.ledgers.one', permission: 'ledger.read', parent: 'closed-ledgers' },
    },
  ],
  menu: [
    {
      to: 'hospital-stays',
      label: 'otherBenefits.stays.title',
      icon: 'shield',
      group: 'subsidies',
      order: 74,
      permission: 'family.read',
    },
    {
      to: 'insured-stays',
      label: 'otherBenefits.insured.title',
      icon: 'shield',
      group: 'subsidies',
      order: 75,
      permission: 'insurance.claim',
    },
    {
      to: 'fee-waivers',
      label: 'otherBenefits.waivers.title',
      icon: 'file',
      group: 'subsidies',
      order: 76,
      permission: 'family.read',
    },
    {
      to: 'family-projects',
      label: 'otherBenefits.projects.title',
      icon: 'household',
      group: 'subsidies',
      order: 77,
      permission: 'family.read',
    },
    {
      to: 'other-benefits',
      label: 'otherBenefits.title',
      icon: 'money',
      group: 'subsidies',
      order: 78,
      permission: 'payment.read',
    },
  ],
}

import type { Feature } from '../../ui/navigation.ts'

export const prenatalFeature: Feature = {
  routes: [
    {
      path: '/prenatal',
      name: 'prenatal',
      component: () => import('./PrenatalPage.vue'),
      meta: { title: 'prenatal.title', permission: 'care.read' },
    },
    {
      path: '/prenatal/screens/new',
      name: 'prenatal-screen-new',
      component: () => import('./ScreenEntryPage.vue'),
      meta: { title: 'prenatal.screen.new', permission: 'care.record', parent: 'prenatal' },
    },
    {
      path: '/prenatal/screens/:id',
      name: 'prenatal-screen',
      component: () => import('./ScreenPage.vue'),
      meta: { title: 'prenatal.screen.title', permission: 'care.read', parent: 'prenatal' },
    },
    {
      path: '/prenatal/cases/:id',
      name: 'screen-positive',
      component: () => import('./CasePage.vue'),
      meta: { title: 'prenatal.case.title', permission: 'care.read', parent: 'prenatal' },
    },
    {
      path: '/prenatal/diagnoses/new',
      name: 'prenatal-diagnosis-new',
      component: () => import('./DiagnosisEntryPage.vue'),
      meta: { title: 'prenatal.diagnosis.new', permission: 'care.record', parent: 'prenatal' },
    },
    {
      path: '/prenatal/diagnoses/:id',
      name: 'prenatal-diagnosis',
      component: () => import('./DiagnosisPage.vue'),
      meta: { title: 'prenatal.diagnosis.title', permission: 'care.read', parent: 'prenatal' },
    },
    {
      path: '/prenatal/terminations/new',
      name: 'medical-termination-new',
      component: () => import('./TerminationEntryPage.vue'),
      meta: { title: 'prenatal.termination.new', permission: 'care.record', parent: 'prenatal' },
    },
    {
      path: '/prenatal/terminations/:id',
      name: 'medical-termination',
      component: () => import('./TerminationPage.vue'),
      meta: { title: 'prenatal.termination.title', permission: 'care.read', parent: 'prenatal' },
    },
    {
      path: '/screening-parameters',
      name: 'screening-parameters',
      component: () => import('./ParametersPage.vue'),
      meta: { title: 'prenatal.parameters.title', permission: 'care-rule.read' },
    },
  ],
  menu: [
    {
      to: 'prenatal',
      label: 'prenatal.title',
      icon: 'search',
      group: 'birth-defects',
      order: 30,
      permission: 'care.read',
    },
    {
      to: 'screening-parameters',
      label: 'prenatal.parameters.title',
      icon: 'settings',
      group: 'birth-defects',
      order: 91,
      permission: 'care-rule.read',
    },
  ],
}

import type { Feature } from '../../ui/navigation.ts'

export const checkUpsFeature: Feature = {
  routes: [
    {
      path: '/check-ups',
      name: 'check-ups',
      component: () => import('./CalendarPage.vue'),
      meta: { title: 'checkUps.title', permission: 'check-up.read' },
    },
    {
      path: '/check-ups/sessions/:id',
      name: 'check-session',
      component: () => import('./SessionPage.vue'),
      meta: { title: 'checkUps.session.title', permission: 'check-up.read', parent: 'check-ups' },
    },
    {
      path: '/check-ups/plans',
      name: 'check-plans',
      component: () => import('./PlanListPage.vue'),
      meta: { title: 'checkUps.plans.title', permission: 'check-up.plan', parent: 'check-ups' },
    },
    {
      path: '/check-ups/plans/:id',
      name: 'check-plan',
      component: () => import('./PlanPage.vue'),
      meta: { title: 'checkUps.plan.title', permission: 'check-up.plan', parent: 'check-plans' },
    },
    {
      path: '/check-ups/programmes',
      name: 'check-programmes',
      component: () => import('./ProgrammePage.vue'),
      meta: { title: 'checkUps.programmes.title', permission: 'check-up.read', parent: 'check-ups' },
    },
    {
      path: '/check-ups/stations',
      name: 'check-stations',
      component: () => import('./StationPage.vue'),
      meta: { title: 'checkUps.stations.title', permission: 'check-up.plan', parent: 'check-plans' },
    },
    {
      path: '/check-ups/cases',
      name: 'check-cases',
      component: () => import('./CasePage.vue'),
      meta: { title: 'checkUps.cases.title', permission: 'care.read', parent: 'check-ups' },
    },
  ],
  menu: [
    {
      to: 'check-ups',
      label: 'checkUps.title',
      icon: 'event',
      group: 'contraception',
      order: 30,
      permission: 'check-up.read',
    },
  ],
}

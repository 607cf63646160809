import type { Feature } from '../../ui/navigation.ts'

export const benefitSimulationsFeature: Feature = {
  routes: [
    {
      path: '/benefit-simulations',
      name: 'benefit-simulations',
      component: () => import('./ScenarioListPage.vue'),
      meta: { title: 'benefitSimulations.title', permission: 'simulation.run' },
    },
    {
      path: '/benefit-simulations/new',
      name: 'benefit-simulation',
      component: () => import('./SimulationPage.vue'),
      meta: {
        title: 'benefitSimulations.new',
        permission: 'simulation.run',
        parent: 'benefit-simulations',
      },
    },
    {
      path: '/benefit-simulations/comparison',
      name: 'benefit-comparison',
      component: () => import('./ComparisonPage.vue'),
      meta: {
        title: 'benefitSimulations.comparison.title',
        permission: 'simulation.run',
        parent: 'benefit-simulations',
      },
    },
  ],
  menu: [
    {
      to: 'benefit-simulations',
      label: 'benefitSimulations.title',
      icon: 'chart',
      group: 'subsidies',
      order: 12,
      permission: 'simulation.run',
    },
  ],
}

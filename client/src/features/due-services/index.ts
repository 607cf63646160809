import { defineAsyncComponent } from 'vue'
import type { Feature } from '../../ui/navigation.ts'

export const dueServicesFeature: Feature = {
  routes: [
    {
      path: '/due-services',
      name: 'due-services',
      component: () => import('./DueServicesPage.vue'),
      meta: { title: 'dueServices.title', permission: 'offer.read' },
    },
    {
      path: '/follow-up',
      name: 'follow-up',
      component: () => import('./FollowUpPage.vue'),
      meta: { title: 'dueServices.followUp.title', permission: 'care.read' },
    },
    {
      path: '/due-service-statistics',
      name: 'due-service-statistics',
      component: () => import('./StatisticsPage.vue'),
      meta: { title: 'dueServices.statistics.title', permission: 'care-statistics.read' },
    },
    {
      path: '/care-protocols',
      name: 'care-protocols',
      component: () => import('./ProtocolsPage.vue'),
      meta: { title: 'dueServices.protocols.title', permission: 'care-rule.read' },
    },
    {
      path: '/care-protocols/:code',
      name: 'care-protocol',
      component: () => import('./ProtocolPage.vue'),
      meta: {
        title: 'dueServices.protocols.one',
        permission: 'care-rule.read',
        parent: 'care-protocols',
      },
    },
  ],
  menu: [
    {
      to: 'due-services',
      label: 'dueServices.title',
      icon: 'bell',
      group: 'contraception',
      order: 20,
      permission: 'offer.read',
    },
    {
      to: 'follow-up',
      label: 'dueServices.followUp.title',
      icon: 'history',
      group: 'contraception',
      order: 15,
      permission: 'care.read',
    },
    {
      to: 'due-service-statistics',
      label: 'dueServices.statistics.title',
      icon: 'chart',
      group: 'contraception',
      order: 75,
      permission: 'care-statistics.read',
    },
    {
      to: 'care-protocols',
      label: 'dueServices.protocols.title',
      icon: 'settings',
      group: 'contraception',
      order: 85,
      permission: 'care-rule.read',
    },
  ],
}

/** On the page of a person: what she said about being contacted. */
export const ContactPreferences = defineAsyncComponent(() => import('./ContactPreferences.vue'))

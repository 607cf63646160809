import type { Feature } from '../../ui/navigation.ts'

export const birthRegistrationsFeature: Feature = {
  routes: [
    {
      path: '/birth-registrations',
      name: 'birth-registrations',
      component: () => import('./RegistrationListPage.vue'),
      meta: { title: 'birthRegistrations.title', permission: 'registration.read' },
    },
    {
      path: '/birth-registrations/new',
      name: 'birth-registration-new',
      component: () => import('./RegistrationNewPage.vue'),
      meta: {
        title: 'birthRegistrations.file',
        permission: 'registration.file',
        parent: 'birth-registrations',
      },
    },
  ],
  menu: [
    {
      to: 'birth-registrations',
      label: 'birthRegistrations.title',
      icon: 'birth',
      group: 'population',
      order: 40,
      permission: 'registration.read',
    },
  ],
}

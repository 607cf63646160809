import type { Feature } from '../../ui/navigation.ts'

export { endOwnSession } from './session-end.ts'

export const accountsFeature: Feature = {
  routes: [
    {
      path: '/sign-in',
      name: 'sign-in',
      component: () => import('./SignInPage.vue'),
      meta: { title: 'accounts.signIn.title', bare: true },
    },
    {
      path: '/first-password',
      name: 'first-password',
      component: () => import('./FirstPasswordPage.vue'),
      meta: { title: 'accounts.password.firstTitle', bare: true },
    },
    {
      path: '/first-second-factor',
      name: 'first-second-factor',
      component: () => import('./FirstSecondFactorPage.vue'),
      meta: { title: 'accounts.factor.firstTitle', bare: true },
    },
    {
      path: '/profile',
      name: 'profile',
      component: () => import('./ProfilePage.vue'),
      meta: { title: 'accounts.profile.title', shellTexts: true },
    },
  ],
  menu: [],
}

import type { Feature } from '../../ui/navigation.ts'

export const homeFeature: Feature = {
  routes: [
    {
      path: '/',
      name: 'home',
      component: () => import('./HomePage.vue'),
      meta: { title: 'home.title', shellTexts: true },
    },
  ],
  menu: [{ to: 'home', label: 'home.title', icon: 'home', group: 'home', order: 0 }],
}

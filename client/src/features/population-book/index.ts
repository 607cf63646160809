import type { Feature } from '../../ui/navigation.ts'

export { bookAt, postingsOf } from './addresses.ts'

export const populationBookFeature: Feature = {
  routes: [
    {
      path: '/population-book',
      name: 'population-book',
      component: () => import('./BookPage.vue'),
      meta: { title: 'populationBook.title', permission: 'book.read' },
    },
    {
      path: '/population-book/postings',
      name: 'population-book-postings',
      component: () => import('./PostingListPage.vue'),
      meta: {
        title: 'populationBook.postings.title',
        permission: 'person.read',
        parent: 'population-book',
      },
    },
  ],
  menu: [
    {
      to: 'population-book',
      label: 'populationBook.title',
      icon: 'book',
      group: 'population',
      order: 60,
      permission: 'book.read',
    },
  ],
}

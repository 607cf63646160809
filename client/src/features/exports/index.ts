import { defineAsyncComponent } from 'vue'
import type { Feature } from '../../ui/navigation.ts'

export const exportsFeature: Feature = {
  routes: [
    {
      path: '/exports',
      name: 'exports',
      component: () => import('./ExportListPage.vue'),
      meta: { title: 'exports.title', permission: 'export.request' },
    },
    {
      path: '/exports/:id',
      name: 'export',
      component: () => import('./ExportPage.vue'),
      meta: { title: 'exports.detail.title', permission: 'export.request', parent: 'exports' },
    },
  ],
  menu: [
    {
      to: 'exports',
      label: 'exports.title',
      icon: 'export',
      group: 'exchange',
      order: 20,
      permission: 'export.request',
    },
  ],
}

/** `v-model:open`, `:filter` (a PersonFilter), `:rows` when known: asks purpose, columns and format, and sends the request. */
export const ExportRequestDialog = defineAsyncComponent(() => import('./ExportRequestDialog.vue'))

import { computed } from 'vue'
import { useRoute, useRouter } from 'vue-router'
import { listSupplyStores } from '@youyu/shared/contraception/supplies'
import { useRead } from '../../api/queries.ts'

/** The store that the page is about: in the URL, or the first of the area. */
export function useStore() {
  const route = useRoute()
  const router = useRouter()
  const township = computed(() => one(route.query['township']))
  const { data, isLoading } = useRead(listSupplyStores, () => ({
    querystring: { limit: 200, isOpen: 'true' as const, division: township.value || undefined },
  }))
  const stores = computed(() => data.value?.items ?? [])
  const storeId = computed(() => one(route.query['store']) || (stores.value[0]?.id ?? ''))
  const store = computed(() => stores.value.find(({ id }) => id === storeId.value))

  const go = (query: Record<string, string | undefined>) =>
    router.push({ query: { ...route.query, cursor: undefined, page: undefined, ...query } })
  return {
    stores,
    store,
    storeId,
    isLoading,
    township,
    hasMore: computed(() => (data.value?.nextCursor ?? null) !== null || township.value !== ''),
    choose: (id: string) => go({ store: id }),
    narrow: (division: string) => go({ township: division || undefined, store: undefined }),
  }
}

function one(value: unknown): string {
  return typeof value === 'string' ? value : ''
}

export type ChosenStore = ReturnType<typeof useStore>

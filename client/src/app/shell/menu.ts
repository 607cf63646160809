import { computed, shallowRef } from 'vue'
import { useRouter } from 'vue-router'
import { may } from '../../api/session.ts'
import { menuGroups, type Feature } from '../../ui/navigation.ts'

const items = shallowRef<Feature['menu']>([])

/** Pages come with their places in the menu. */
export function knowPages(features: readonly Feature[]): void {
  const all = [...items.value, ...features.flatMap((feature) => feature.menu)]
  items.value = all.sort((a, b) => a.order - b.order)
}

/** The menu as the signed-in user may see it; groups without items fall away. */
export function useMenu() {
  const router = useRouter()
  const allowed = computed(() =>
    items.value.filter((item) => may(item.permission) && router.hasRoute(item.to)),
  )
  const groups = computed(() =>
    menuGroups
      .map((key) => ({ key, items: allowed.value.filter((item) => item.group === key) }))
      .filter((group) => group.items.length > 0),
  )
  return { allowed, groups }
}

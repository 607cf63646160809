import { computed } from 'vue'
import { useRouter } from 'vue-router'
import { may } from '../../api/session.ts'
import { menuGroups } from '../../ui/navigation.ts'
import { features } from '../features.ts'

const items = features.flatMap((feature) => feature.menu).sort((a, b) => a.order - b.order)

/** The menu as the signed-in user may see it; groups without items fall away. */
export function useMenu() {
  const router = useRouter()
  const allowed = computed(() => items.filter((item) => may(item.permission) && router.hasRoute(item.to)))
  const groups = computed(() =>
    menuGroups
      .map((key) => ({ key, items: allowed.value.filter((item) => item.group === key) }))
      .filter((group) => group.items.length > 0),
  )
  return { allowed, groups }
}

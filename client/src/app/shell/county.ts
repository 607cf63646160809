import { computed } from 'vue'
import { call } from '../../api/call.ts'
import { entrance } from '../../api/entrance.ts'
import { currentUser } from '../../api/session.ts'

/** The county that is worked in, where there is more than one. */
export const countyOfWork = computed(() => {
  const counties = currentUser.value?.counties ?? []
  return counties.length > 1 ? counties.find(({ current }) => current) : undefined
})

/** The pages of one browser share the session, and with it the county. */
const others = typeof BroadcastChannel === 'undefined' ? null : new BroadcastChannel('youyu.county')

/** Begins afresh in another county: nothing of the one before stays on a page. */
export async function workIn(code: string): Promise<void> {
  await call(entrance.switchCounty, { body: { code } })
  others?.postMessage(code)
  location.assign('/')
}

/** What a page shows after another one has gone to a different county would be of the wrong one. */
export function followCounty(): () => void {
  const hear = ({ data }: MessageEvent<string>) => {
    if (countyOfWork.value && countyOfWork.value.code !== data) location.reload()
  }
  others?.addEventListener('message', hear)
  return () => others?.removeEventListener('message', hear)
}

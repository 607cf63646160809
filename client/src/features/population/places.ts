import { reactive } from 'vue'
import { getDivision } from '@youyu/shared/divisions'
import { prefixOf } from '@youyu/shared/values'
import type { DivisionCode } from '@youyu/shared/values'
import { call } from '../../api/call.ts'
import { currentUser } from '../../api/session.ts'

const COUNTY_DIGITS = 6
/** Levels that the code has and an address leaves out. */
const unspoken = /^(市辖区|县|(省|自治区)直辖县级行政区划)$/
const farNames = reactive(new Map<DivisionCode, string>())
const asked = new Set<DivisionCode>()

async function askPath(code: DivisionCode): Promise<void> {
  asked.add(code)
  const division = await call(getDivision, { params: { code } }).catch(() => null)
  if (division === null) return
  const names = division.path.map((step) => step.name)
  if (names.at(-1) !== division.name) names.push(division.name)
  farNames.set(code, names.filter((name) => !unspoken.test(name)).join(''))
}

/** A place as one of the user's county calls it: plainly inside the county, from the province down outside. */
export function placeText({ code, name }: { code: DivisionCode; name: string }): string {
  const own = prefixOf(currentUser.value?.division?.code ?? '').slice(0, COUNTY_DIGITS)
  if (own.length < COUNTY_DIGITS || code.startsWith(own)) return name
  if (!asked.has(code)) void askPath(code)
  return farNames.get(code) ?? name
}

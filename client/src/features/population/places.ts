import { reactive } from 'vue'
import { getDivision } from '@youyu/shared/divisions'
import { getPerson } from '@youyu/shared/population/persons'
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

const names = reactive(new Map<string, string>())

/** The name behind a code or an id inside a preview; the bare value until it is known. */
function lazily(key: string, ask: () => Promise<{ name: string }>): string {
  const known = names.get(key)
  if (known !== undefined) return known
  names.set(key, key)
  ask().then(
    ({ name }) => names.set(key, name),
    () => undefined,
  )
  return key
}

export const divisionName = (code: DivisionCode) =>
  lazily(code, () => call(getDivision, { params: { code } }))

export const personName = (id: string) => lazily(id, () => call(getPerson, { params: { id } }))

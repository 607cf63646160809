import { Role, roles } from '@youyu/shared/permissions'
import { prefixOf, type DivisionCode, type DivisionPrefix } from '@youyu/shared/values'

/** Shown on the sign-in page of a demo; such an installation holds invented people only. */
export const DEMO_PASSWORD = 'youyu-demo-2026'

/** Where the people of the demo work. */
export type DemoPlaces = {
  province: DivisionCode
  city: DivisionCode
  county: DivisionCode
  township: DivisionCode
  village: DivisionCode
}

const placeOfLevel = ['', 'province', 'city', 'county', 'township', 'village'] as const

export const demoUsernames = Object.fromEntries(
  Role.options.map((role) => [role, `demo-${role.replaceAll('_', '-')}`]),
) as Record<Role, string>

/** The demo's facilities, by the code of the organisation. */
const facilityOf: Partial<Record<Role, string>> = {
  station_clinician: 'DEMO-S',
  chief_clinician: 'DEMO-H',
  pharmacist: 'DEMO-S',
  midwifery_reporter: 'DEMO-H',
  lab_user: 'DEMO-L',
  county_mch: 'DEMO-B',
}

/** One account per role, in the widest area that the role is meant for; the platform's roles work county-wide and above. */
export function demoAccounts(places: DemoPlaces) {
  return Role.options.map((role) => {
    const place = placeOfLevel[roles[role].levels[0] ?? 3] || null
    const divisionPrefix: DivisionPrefix = place ? prefixOf(places[place]) : ''
    return {
      username: demoUsernames[role],
      password: DEMO_PASSWORD,
      displayName: `演示 ${roles[role].zh}`,
      grants: [{ role, divisionPrefix }],
      ...(facilityOf[role] && { organisation: facilityOf[role] }),
    }
  })
}

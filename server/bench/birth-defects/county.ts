import { yearOfBirths } from '../../src/generator/birth-defects.ts'
import { loadCounty as loadPeople } from '../foundation/importing.ts'
import type { Installation } from '../installation.ts'

export const COUNTY = '371121'
/** The one facility of the county: its lists are as long as the county's. */
export const CENTRE = 'DEMO-S'

export const TODAY = new Date().toLocaleDateString('en-CA', { timeZone: 'Asia/Shanghai' })
/** The last whole year. */
export const YEAR = Number(TODAY.slice(0, 4)) - 1

/** A county with its people, loaded through the product's own import, and two years with a birth for every hundred of them. */
export async function loadCounty(installation: Installation, name: string, persons: number): Promise<string> {
  return await installation.loaded(name, async () => {
    const draft = `${name}_draft`
    await loadPeople({ ...installation, loaded: loadingInto(installation, draft) }, draft, COUNTY, persons)
    await installation.sql(
      draft,
      `insert into organisations (id, code, type, name, division_code, licence_number, licence_valid_until, midwifery_licence,
         family_planning_licence, digitised, status, version, recorded_at, updated_at)
       select gen_random_uuid(), $2, 'ORG-S', name || '妇幼保健院', code, 'PDY', '2035-12-31', true, true, false, 'active', 1, now(), now()
       from divisions where valid_to is null and level = 3 and starts_with(code, $1)`,
      [COUNTY, CENTRE],
    )
    for (const year of [YEAR, YEAR + 1]) {
      const births = Math.round(persons / 100)
      console.log(`  a year of ${births} births from ${year}-01-01 …`)
      const began = performance.now()
      await installation.sql(
        draft,
        yearOfBirths({
          county: Number(COUNTY),
          from: `${year}-01-01`,
          births,
          today: TODAY,
          seed: `bench-${year}`,
        }),
      )
      console.log(`  … in ${((performance.now() - began) / 1000).toFixed(1)} s`)
    }
  })
}

/** The draft is a database already. */
const loadingInto =
  (installation: Installation, draft: string): Installation['loaded'] =>
  async (_, load) => {
    await load(installation.urlOf(draft))
    return installation.urlOf(draft)
  }

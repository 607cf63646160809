import { reading, transaction } from '../../../../database/transaction.ts'
import { todayOf, type App, type Office } from '../../../../office.ts'
import { systemAccess } from '../../../accounts/index.ts'
import { eachNight, selectCounties } from '../../chains/index.ts'
import { selectHeld } from './queries.ts'
import { fileOrder } from './service.ts'

/** Tries once a day whether records can take by now what they could not; answers how many orders did. */
export async function fileHeldOfNight(office: Office): Promise<number> {
  const at = office.now()
  let filed = 0
  for (const county of await reading(office.db, systemAccess, selectCounties)) {
    const access = { ...systemAccess, county, prefixes: [String(county).padStart(6, '0')] }
    const held = await reading(office.db, access, (tx) => selectHeld(tx, access, todayOf(at)))
    for (const { facility, order } of held)
      if (
        await transaction(office.db, { ...access, facility }, (tx) =>
          fileOrder(tx, office, { ...access, facility }, order, at),
        )
      )
        filed += 1
  }
  return filed
}

export function useFilingNights(app: App, office: Office): void {
  eachNight(app, office, fileHeldOfNight, 'held results could not be filed; it is tried again')
}

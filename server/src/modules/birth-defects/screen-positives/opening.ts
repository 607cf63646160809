import { daysAfter } from '@youyu/shared/birth-defects/newborn-rules'
import type { Id } from '@youyu/shared/values'
import type { Access } from '../../../access/access.ts'
import { newId } from '../../../crypto/ids.ts'
import type { Transaction } from '../../../database/connect.ts'
import { parametersOn } from '../screening-parameters/index.ts'
import { insertCases, selectHolidays, voidOfScreens, type NewCase } from './queries.ts'
import { dueBy } from './rules.ts'

type Found = Omit<NewCase, 'id' | 'dueBy'>

/** Far enough for the longest holiday and a generous deadline. */
const CALENDAR_DAYS = 60

/** Follow-up of high results begins, with the day by which she is contacted. */
export async function openCases(
  tx: Transaction,
  access: Access,
  found: readonly Found[],
  at: Date,
): Promise<void> {
  const days = found.map(({ openedOn }) => openedOn).sort()
  const [set, holidays] = await Promise.all([
    parametersOn(tx, access, days.at(-1)!),
    selectHolidays(tx, days[0]!, daysAfter(days.at(-1)!, CALENDAR_DAYS)),
  ])
  const rows = found.map((one) => ({
    ...one,
    id: newId(at.getTime()),
    dueBy: dueBy(
      { state: 'RESULT_HIGH', stateOn: one.openedOn, expectedOn: one.expectedOn, bornOn: null },
      set,
      holidays,
    ),
  }))
  await insertCases(tx, access, rows, at)
}

/** The results were not what they were taken for: their cases go with them, and the steps. */
export async function voidCasesOf(
  tx: Transaction,
  access: Access,
  screenIds: readonly Id[],
  reason: string,
  at: Date,
): Promise<void> {
  await voidOfScreens(tx, access, screenIds, reason, at)
}

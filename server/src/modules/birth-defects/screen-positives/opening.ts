import { daysAfter } from '@youyu/shared/birth-defects/newborn-rules'
import type { Id } from '@youyu/shared/values'
import type { Access } from '../../../access/access.ts'
import { newId } from '../../../crypto/ids.ts'
import type { Transaction } from '../../../database/connect.ts'
import { parametersOn } from '../screening-parameters/index.ts'
import { cases, findOfScreen, insertCases, selectHolidays, steps, type NewCase } from './queries.ts'
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

/** The result was not what it was taken for: the case goes with it, and its steps. */
export async function voidCaseOf(
  tx: Transaction,
  access: Access,
  screenId: Id,
  reason: string,
  at: Date,
): Promise<void> {
  const id = await findOfScreen(tx, access, screenId)
  if (!id) return
  await cases.void(tx, access, id, reason, at)
  const taken = await steps.list(tx, access, {
    equal: { caseId: id },
    by: 'occurredOn',
    after: null,
    limit: 50,
  })
  for (const step of taken) await steps.void(tx, access, step.id, reason, at)
}

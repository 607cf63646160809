import type { z } from 'zod'
import type { LabCutOff, NewLabCutOff } from '@youyu/shared/birth-defects/laboratory'
import type { Access } from '../../../../access/access.ts'
import { record } from '../../../../audit/index.ts'
import { reading, transaction } from '../../../../database/transaction.ts'
import type { Office } from '../../../../office.ts'
import { Refused } from '../../../../refused.ts'
import { areDisjoint, flagsOf, insertCutOff, selectCutOffs } from './queries.ts'
import { areInOrder } from './rules.ts'

export async function listCutOffs(office: Office, access: Access): Promise<{ items: LabCutOff[] }> {
  return { items: await reading(office.db, access, (tx) => selectCutOffs(tx, access)) }
}

/** A new version of the laboratory's own ranges; those before it stand for what was measured before. */
export async function stateCutOff(
  office: Office,
  access: Access,
  body: z.output<typeof NewLabCutOff>,
): Promise<LabCutOff> {
  const at = office.now()
  const ranges = body.ranges.map(({ range }) => range)
  const faults = body.ranges.flatMap(({ range }, index) =>
    areInOrder(range) ? [] : [{ pointer: `/ranges/${index}/range`, code: 'invalid-value' as const }],
  )
  if (faults.length > 0) throw new Refused('invalid-request', { errors: faults })
  return await transaction(office.db, access, async (tx) => {
    const flags = await flagsOf(tx, body.panelCode, body.analyteCode)
    if (flags.length === 0) throw Refused.field('/analyteCode', 'not-found')
    const wrong = body.ranges.findIndex(({ flag }) => !flags.includes(flag))
    if (wrong >= 0) throw Refused.field(`/ranges/${wrong}/flag`, 'flag-not-allowed')
    if (!(await areDisjoint(tx, ranges))) throw Refused.field('/ranges', 'ranges-overlap')
    await insertCutOff(tx, access, body, at)
    await record(tx, access, { action: 'configure', entity: 'lab-cut-off' }, at)
    const { panelCode, analyteCode, validFrom, source } = body
    return { panelCode, analyteCode, validFrom, source, ranges: body.ranges }
  })
}

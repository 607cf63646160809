import type { MethodCode } from '@youyu/shared/contraception/methods'
import type { CivilDate } from '@youyu/shared/values'
import type { Asking } from '../../../../database/connect.ts'
import { ask } from '../../../../database/statements.ts'
import type { Ended } from './rules.ts'

export async function selectUses(
  tx: Asking,
  county: number,
  { from, until, today }: { from: CivilDate; until: CivilDate; today: CivilDate },
): Promise<(Ended & { method: MethodCode })[]> {
  const text = `select method, months_used as "monthsUsed", reason, n from app.method_continuation($1, $2, $3, $4)`
  return await ask(tx, text, [county, from, until, today])
}

import type { MethodCode } from '@youyu/shared/contraception/methods'
import type { Continuation, getMethodContinuation } from '@youyu/shared/contraception/statistics'
import type { EndpointOutput } from '@youyu/shared/endpoint'
import type { z } from 'zod'
import type { Access } from '../../../../access/access.ts'
import { reading } from '../../../../database/transaction.ts'
import type { Office } from '../../../../office.ts'
import { spanAsked } from '../span.ts'
import { per, told } from '../rules-estimates.ts'
import { selectUses } from './queries.ts'
import {
  CONTINUATION_METHOD,
  continuationAt,
  continuationTable,
  isEnd,
  womanYears,
  type Ended,
} from './rules.ts'

type Query = z.output<(typeof getMethodContinuation)['schema']['querystring']>

const YEAR = 12

/** How long methods begun in a period were used. Of a whole county, in numbers by month of use. */
export async function readContinuation(
  office: Office,
  access: Access,
  query: Query,
): Promise<EndpointOutput<typeof getMethodContinuation>> {
  const span = spanAsked(office, access, query)
  const uses = await reading(office.db, access, (tx) => selectUses(tx, span.county, span))
  const byMethod = [...Map.groupBy(uses, ({ method }) => method)].sort(([a], [b]) => (a < b ? -1 : 1))
  return {
    method: CONTINUATION_METHOD,
    items: [continuationOf(null, uses), ...byMethod.map(([method, of]) => continuationOf(method, of))],
  }
}

function continuationOf(method: MethodCode | null, uses: readonly Ended[]): Continuation {
  const begun = uses.reduce((sum, { n }) => sum + n, 0)
  const rows = continuationTable(uses)
  const inYear = uses.filter(({ monthsUsed, reason }) => monthsUsed < YEAR && isEnd(reason))
  const reasons = Map.groupBy(inYear, ({ reason }) => reason ?? '')
  const count = (those: readonly Ended[]) => those.reduce((sum, { n }) => sum + n, 0)
  const stopped = count(inYear)
  return {
    method,
    begun,
    twelveMonths: told(begun - stopped, begun, continuationAt(rows, YEAR)),
    pearl: per(100, count(reasons.get('METHOD_FAILURE') ?? []), womanYears(rows, YEAR)),
    rows,
    reasons: [...reasons]
      .map(([reason, of]) => ({ reason, ended: count(of) }))
      .sort((a, b) => b.ended - a.ended),
  }
}

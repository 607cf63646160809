import type { getCareMonths } from '@youyu/shared/contraception/statistics'
import type { EndpointOutput } from '@youyu/shared/endpoint'
import type { Month } from '@youyu/shared/population/book'
import type { z } from 'zod'
import type { Access } from '../../../../access/access.ts'
import { reading } from '../../../../database/transaction.ts'
import type { Office } from '../../../../office.ts'
import { spanAsked } from '../span.ts'
import { selectDueServices, selectPlan, selectProcedures, selectShelfDays } from './queries.ts'

type Query = z.output<(typeof getCareMonths)['schema']['querystring']>

const without = <Row extends { month: Month }>({ month: _, ...row }: Row): Omit<Row, 'month'> => row

/** What was done in a county, month by month, beside what kept it from being done. */
export async function readMonths(
  office: Office,
  access: Access,
  query: Query,
): Promise<EndpointOutput<typeof getCareMonths>> {
  const span = spanAsked(office, access, query)
  const [procedures, shelves, plans, due] = await reading(office.db, access, (tx) =>
    Promise.all([
      selectProcedures(tx, span),
      selectShelfDays(tx, span),
      selectPlan(tx, span),
      selectDueServices(tx, span),
    ]),
  )
  const at = <Row extends { month: Month }>(rows: readonly Row[], month: Month) =>
    rows.find((row) => row.month === month)
  return {
    items: span.months.map((month) => {
      const [shelf, plan, equation] = [at(shelves, month), at(plans, month), at(due, month)]
      return {
        month,
        procedures: procedures.filter((row) => row.month === month).map(without),
        stock: shelf ? without(shelf) : { daysOut: 0, days: 0 },
        plan: plan ? without(plan) : { planned: 0, onDay: 0, held: 0, slots: 0, attended: 0 },
        dueServices: equation ? without(equation) : null,
      }
    }),
  }
}

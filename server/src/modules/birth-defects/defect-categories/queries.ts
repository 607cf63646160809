import type { Category, DeadlineStep } from '@youyu/shared/birth-defects/defect-categories'
import type { CivilDate } from '@youyu/shared/values'
import { cited } from '../../../citation.ts'
import type { Asking } from '../../../database/connect.ts'
import { ask } from '../../../database/statements.ts'

export async function selectCategories(tx: Asking): Promise<Category[]> {
  return await ask(
    tx,
    `select c.code, c.zh, c.en, c.asks_side as "asksSide", c.asks_words as "asksWords", c.source, c.effective_from as "effectiveFrom",
       (select jsonb_agg(jsonb_build_object('prefix', p.prefix, 'isFunctional', p.is_functional, 'excludes', p.excludes) order by p.prefix)
        from defect_category_codes p where p.category = c.code) as prefixes
     from defect_categories c order by c.ordinal`,
    [],
  )
}

export type Deadlines = Record<DeadlineStep, { days: number; source: string }>

/** Days by step, as in force on a day. */
export async function selectDeadlines(tx: Asking, on: CivilDate): Promise<Deadlines> {
  const rows = await ask<{ step: DeadlineStep; days: number; source: string }>(
    tx,
    `select distinct on (step) step, days, source from defect_deadlines where effective_from <= $1 order by step, effective_from desc`,
    [on],
  )
  return Object.fromEntries(rows.map(({ step, ...deadline }) => [step, cited(deadline)])) as Deadlines
}

import { z } from 'zod'
import { defineEndpoint } from '../endpoint.ts'
import { CivilDate, DivisionCode, Id, Page, PageQuery } from '../values.ts'
import { ChainItem, ChainState } from './chain-values.ts'

/** code → [Chinese, English]. */
export const chainWorklistNames = {
  due: ['应提供', 'Due now'],
  overdue: ['已过期未记原因', 'Overdue, reason not known'],
  offered: ['已告知待答复', 'Offered, without an answer'],
  'positive-without-diagnosis': ['筛查高风险未诊断', 'Screen-positive without diagnosis'],
  'no-blood-spot': ['出生20天未采血', 'No blood spot at 20 days'],
  'folic-acid-not-refilled': ['叶酸到期未续领', 'Folic acid started but not refilled'],
  'hearing-without-diagnosis': ['听力转诊3月未诊断', 'Hearing referred without diagnosis at 3 months'],
  'high-risk-without-plan': ['高危妊娠未建专案', 'High-risk pregnancy without plan'],
} as const satisfies Record<string, readonly [string, string]>
export const ChainWorklist = z.enum(
  Object.keys(chainWorklistNames) as [
    keyof typeof chainWorklistNames,
    ...(keyof typeof chainWorklistNames)[],
  ],
)
export type ChainWorklist = z.infer<typeof ChainWorklist>

export const ChainWork = z.object({
  chainId: Id,
  woman: z.object({ id: Id, name: z.string(), birthDate: CivilDate, phone: z.string().nullable() }),
  division: z.object({ code: DivisionCode, name: z.string() }),
  /** Of newborn screening and child follow-up. */
  childId: Id.nullable(),
  item: ChainItem,
  state: ChainState,
  /** Since when it stands on the list. */
  since: CivilDate,
  windowFrom: CivilDate.nullable(),
  windowTo: CivilDate.nullable(),
  expectedOn: CivilDate.nullable(),
  bornOn: CivilDate.nullable(),
})
export type ChainWork = z.infer<typeof ChainWork>

export const listBirthDefectWork = defineEndpoint({
  method: 'GET',
  url: '/api/v1/birth-defect-worklists/:name',
  schema: {
    summary: 'Worklists of the chains that my facility manages',
    tags: ['birth-defect-chains'],
    params: z.strictObject({ name: ChainWorklist }),
    querystring: z.strictObject({
      ...PageQuery,
      item: ChainItem.optional(),
      /** A township or village. */
      division: DivisionCode.optional(),
      /** Of positive-without-diagnosis: for how many days. */
      days: z.coerce.number().int().min(0).max(180).default(14),
    }),
    response: { 200: Page(ChainWork) },
  },
  config: { permission: 'care.read', dataClass: 'L4' },
})

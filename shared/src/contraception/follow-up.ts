import { z } from 'zod'
import { codesOf } from '../code-tables.ts'
import { defineEndpoint } from '../endpoint.ts'
import { CivilDate, DivisionCode, Id, Instant, Page, PageQuery, Text } from '../values.ts'
import { FollowUpMode, OfferService, ProtocolSubject } from './protocols.ts'

/** States of a follow-up task (domain §6.3): code → [Chinese, English]. */
export const taskStatusNames = {
  PLANNED: ['待提供', 'Planned'],
  OFFERED: ['已告知', 'Offered'],
  BOOKED: ['已预约', 'Booked'],
  DONE: ['已完成', 'Done'],
  DECLINED: ['本人谢绝', 'Declined'],
  UNREACHABLE: ['未联系上', 'Not reached'],
  MOVED: ['已迁出', 'Moved'],
  CANCELLED: ['已取消', 'Cancelled'],
} as const satisfies Record<string, readonly [string, string]>
export const TaskStatus = z.enum(
  Object.keys(taskStatusNames) as [keyof typeof taskStatusNames, ...(keyof typeof taskStatusNames)[]],
)
export type TaskStatus = z.infer<typeof TaskStatus>

/** Why the planner, or a person, took a task back. */
export const taskEndNames = {
  ENDED: ['方法已停用或记录已更正', 'The method ended, or the record was corrected'],
  RULE: ['方案已调整', 'The protocol changed'],
  LAPSED: ['已过服务期', 'Its time has passed'],
  ANSWERED: ['本周期已有答复', 'Answered in this cycle already'],
  OPTED_OUT: ['本人不再接受联系', 'She opted out'],
  DIED: ['已故', 'Died'],
  MOVED: ['迁出本县', 'Moved out of the county'],
  NOT_NEEDED: ['不再需要', 'Not needed'],
} as const satisfies Record<string, readonly [string, string]>
export const TaskEnd = z.enum(
  Object.keys(taskEndNames) as [keyof typeof taskEndNames, ...(keyof typeof taskEndNames)[]],
)
export type TaskEnd = z.infer<typeof TaskEnd>

export const inSituNames = {
  YES: ['在位', 'In place'],
  NO: ['不在位', 'Not in place'],
  DISPLACED: ['下移或异位', 'Displaced'],
  UNCERTAIN: ['不能确定', 'Not certain'],
} as const
export const stringNames = {
  SEEN: ['可见', 'Seen'],
  NOT_SEEN: ['未见', 'Not seen'],
  NONE: ['无尾丝', 'Has none'],
} as const
export const bleedingNames = {
  USUAL: ['如常', 'As usual'],
  MORE: ['增多', 'More'],
  LESS: ['减少', 'Less'],
  IRREGULAR: ['不规则', 'Irregular'],
  ABSENT: ['闭经', 'None'],
} as const

/** What she told and what was found; enciphered, read only where she is treated. */
export const FollowUpResult = z.strictObject({
  symptoms: Text(500).optional(),
  /** Of a device. */
  inSitu: codesOf(inSituNames).optional(),
  string: codesOf(stringNames).optional(),
  bleeding: codesOf(bleedingNames).optional(),
  /** 1 not at all … 5 very. */
  satisfaction: z.int().min(1).max(5).optional(),
  /** Whether she wants to go on with the method: null where she has not decided. */
  continues: z.boolean().nullable().optional(),
  bloodPressure: z
    .string()
    .regex(/^\d{2,3}\/\d{2,3}$/)
    .optional(),
  /** Of a man after vasectomy: no sperm found. */
  azoospermia: z.boolean().optional(),
  /** Since when she has had no menses. */
  lastMensesOn: CivilDate.optional(),
  note: Text(500).optional(),
})
export type FollowUpResult = z.infer<typeof FollowUpResult>

const TaskClient = z.object({
  id: Id,
  name: z.string(),
  birthDate: z.string().nullable(),
  phone: z.string().nullable(),
  division: z.object({ code: DivisionCode, name: z.string() }),
})

export const FollowUpTask = z.object({
  id: Id,
  client: TaskClient,
  protocolCode: z.string(),
  protocolNameZh: z.string(),
  protocolNameEn: z.string(),
  step: z.string(),
  stepNameZh: z.string(),
  stepNameEn: z.string(),
  ordinal: z.int(),
  subject: ProtocolSubject,
  service: OfferService,
  mode: FollowUpMode,
  dueFrom: CivilDate,
  dueTo: CivilDate,
  isOverdue: z.boolean(),
  status: TaskStatus,
  endedBy: TaskEnd.nullable(),
  /** At most two. */
  tries: z.int(),
  lastTryOn: CivilDate.nullable(),
  bookedOn: CivilDate.nullable(),
  doneOn: CivilDate.nullable(),
  episodeId: Id.nullable(),
  procedureId: Id.nullable(),
  version: z.int(),
})
export type FollowUpTask = z.infer<typeof FollowUpTask>

const params = z.strictObject({ id: Id })

export const listFollowUpTasks = defineEndpoint({
  method: 'GET',
  url: '/api/v1/follow-up-tasks',
  schema: {
    summary: 'The worklist of my facility: open tasks in the order of their day',
    tags: ['follow-up'],
    querystring: z.strictObject({
      ...PageQuery,
      /** Due by this day: its window has opened. Without it: everything open. */
      due: CivilDate.optional(),
      /** Without it: planned, offered and booked. */
      status: TaskStatus.optional(),
      service: OfferService.optional(),
      /** All tasks of one client, the done ones too. */
      clientId: Id.optional(),
    }),
    response: { 200: Page(FollowUpTask) },
  },
  config: { permission: 'care.read', dataClass: 'L4' },
})
export const getFollowUpTask = defineEndpoint({
  method: 'GET',
  url: '/api/v1/follow-up-tasks/:id',
  schema: {
    summary: 'One follow-up task with its result',
    tags: ['follow-up'],
    params,
    response: {
      200: FollowUpTask.extend({
        doneMode: FollowUpMode.nullable(),
        result: FollowUpResult.nullable(),
        recordedAt: Instant,
        updatedAt: Instant,
        updatedBy: z.string().nullable(),
      }),
    },
  },
  config: { permission: 'care.read', dataClass: 'L4' },
})

/** What became of a task. A task that was answered is not opened again. */
export const TaskOutcome = z.discriminatedUnion('outcome', [
  z.strictObject({
    outcome: z.literal('DONE'),
    on: CivilDate,
    mode: FollowUpMode,
    result: FollowUpResult.default({}),
  }),
  z.strictObject({ outcome: z.literal('BOOKED'), on: CivilDate, bookedOn: CivilDate }),
  /** `optOut`: and never again, of this service. */
  z.strictObject({ outcome: z.literal('DECLINED'), on: CivilDate, optOut: z.boolean().default(false) }),
  /** A try; the second one ends the task. */
  z.strictObject({ outcome: z.literal('UNREACHABLE'), on: CivilDate, mode: FollowUpMode }),
  z.strictObject({ outcome: z.literal('NOT_NEEDED'), on: CivilDate }),
])
export type TaskOutcome = z.output<typeof TaskOutcome>

export const recordTaskOutcome = defineEndpoint({
  method: 'POST',
  url: '/api/v1/follow-up-tasks/:id/outcomes',
  schema: {
    summary: 'Record what became of a follow-up task: done, booked, declined, not reached, not needed',
    tags: ['follow-up'],
    params,
    body: TaskOutcome,
    response: { 201: FollowUpTask },
  },
  config: { permission: 'care.record', dataClass: 'L4', idempotent: true },
})

/** Part of an encounter: the task that the visit answers. */
export const FollowUpDone = z.strictObject({
  taskId: Id,
  mode: FollowUpMode.default('CLINIC'),
  result: FollowUpResult.default({}),
})
export type FollowUpDone = z.output<typeof FollowUpDone>

import type { z } from 'zod'
import type { EducationAttendance, EducationCounter } from '@youyu/shared/birth-defects/family-files'
import type { CivilDate, Id, Page } from '@youyu/shared/values'
import type { Access } from '../../../../access/access.ts'
import { record } from '../../../../audit/index.ts'
import { newId } from '../../../../crypto/ids.ts'
import { reading } from '../../../../database/transaction.ts'
import { keyIn, pageOf } from '../../../../http/paging.ts'
import { todayOf, type Office } from '../../../../office.ts'
import { Refused } from '../../../../refused.ts'
import { careDeed, careTransaction, clientOf, keepClient } from '../../../contraception/index.ts'
import { chainFor, recordLinks } from '../../chains/index.ts'
import * as queries from './queries.ts'

type Attendance = z.infer<typeof EducationAttendance>

function shown({ clientId, name, birthDate, ...row }: queries.AttendanceRow): Attendance {
  return { ...row, client: { id: clientId, name, birthDate } }
}

export async function listAttendances(
  office: Office,
  access: Access,
  { sessionId, limit, cursor }: { sessionId: Id; limit: number; cursor?: string | undefined },
): Promise<Page<Attendance>> {
  const after = keyIn(cursor, ['string'])?.[0] ?? null
  if (after !== null && !/^[0-9a-f-]{36}$/.test(after))
    throw new Refused('invalid-cursor', { errors: [{ pointer: '?cursor', code: 'invalid-cursor' }] })
  const rows = await reading(office.db, access, (tx) =>
    queries.selectAttendances(tx, access, sessionId, after, limit + 1),
  )
  const page = pageOf(rows, limit, shown, ({ id }) => [id])
  for (const { client } of page.items)
    office.views.note(access, careDeed(office, client.id, 'view', 'education-attendance'))
  return page
}

/** A client came: her chain, if she has one, has its first link. */
export async function attend(
  office: Office,
  access: Access,
  { sessionId, clientId }: { sessionId: Id; clientId: Id },
): Promise<Attendance> {
  const at = office.now()
  return await careTransaction(office, access, async (tx) => {
    const client = await clientOf(tx, access, clientId)
    const session = await queries.findSession(tx, access, sessionId)
    if (!session) throw Refused.field('/sessionId', 'not-found')
    const { occurredOn } = session
    if (occurredOn > todayOf(at)) throw Refused.field('/sessionId', 'invalid-date')
    const chain = await chainFor(tx, access, { womanId: clientId }, occurredOn, at)
    const id = newId(at.getTime())
    const chainId = chain?.chainId ?? null
    const row = { id, sessionId, clientId, occurredOn, chainId }
    await queries.insertAttendance(tx, access, row, at)
    if (chainId !== null) {
      const link = { chainId, item: 'EDUCATION', event: 'DONE', on: occurredOn, recordId: id } as const
      await recordLinks(tx, access, [link], at)
    }
    await keepClient(tx, access, { clientId, on: occurredOn, encounters: 0 })
    await record(tx, access, careDeed(office, clientId, 'create', 'education-attendance'), at)
    return shown({ ...row, name: client.name, birthDate: client.birthDate })
  })
}

export async function countEducation(
  office: Office,
  access: Access,
  period: { from: CivilDate; to: CivilDate },
): Promise<{ items: z.infer<typeof EducationCounter>[] }> {
  if (period.to < period.from) throw Refused.field('?to', 'ends-before-start')
  return { items: await reading(office.db, access, (tx) => queries.countSessions(tx, access, period)) }
}

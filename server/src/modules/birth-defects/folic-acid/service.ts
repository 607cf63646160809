import type {
  FolicAcidProduct,
  FolicAcidSurvey,
  NewFolicAcidSurvey,
} from '@youyu/shared/birth-defects/folic-acid'
import { countyOf, type Id, type Page } from '@youyu/shared/values'
import type { Access } from '../../../access/access.ts'
import { record } from '../../../audit/index.ts'
import { newId } from '../../../crypto/ids.ts'
import { reading, transaction } from '../../../database/transaction.ts'
import { keyIn, pageOf } from '../../../http/paging.ts'
import { todayOf, type Office } from '../../../office.ts'
import { Refused } from '../../../refused.ts'
import {
  findSurvey,
  insertSurvey,
  selectProducts,
  selectSurveys,
  voidRow,
  type KeptSurvey,
} from './queries.ts'
import { isSurveyTooSmall } from './rules.ts'

export async function listProducts({ db }: Office, access: Access): Promise<{ items: FolicAcidProduct[] }> {
  return { items: await reading(db, access, (tx) => selectProducts(tx)) }
}

function shown({ divisionCode, divisionName, voidedAt, ...survey }: KeptSurvey): FolicAcidSurvey {
  return {
    ...survey,
    division: { code: divisionCode, name: divisionName ?? divisionCode },
    isTooSmall: isSurveyTooSmall(survey),
    voidedAt: voidedAt?.toISOString() ?? null,
  }
}

export async function listSurveys(
  { db }: Office,
  access: Access,
  { limit, cursor }: { limit: number; cursor?: string | undefined },
): Promise<Page<FolicAcidSurvey>> {
  const after = keyIn(cursor, ['string', 'string'])
  const rows = await reading(db, access, (tx) => selectSurveys(tx, access, after, limit + 1))
  return pageOf(rows, limit, shown, (row) => [row.occurredOn, row.id])
}

export async function enterSurvey(
  office: Office,
  access: Access,
  body: NewFolicAcidSurvey,
): Promise<FolicAcidSurvey> {
  const at = office.now()
  if (body.occurredOn > todayOf(at)) throw Refused.field('/occurredOn', 'invalid-date')
  if (countyOf(body.divisionCode) !== access.county) throw Refused.field('/divisionCode', 'out-of-area')
  return await transaction(office.db, access, async (tx) => {
    const id = newId(at.getTime())
    await insertSurvey(tx, access, { id, ...body }, at)
    const deed = { action: 'create', entity: 'folic-acid-survey', entityId: id } as const
    await record(tx, access, { ...deed, division: body.divisionCode }, at)
    return shown((await findSurvey(tx, access, id))!)
  })
}

export async function takeSurveyBack(
  office: Office,
  access: Access,
  id: Id,
  reason: string,
): Promise<FolicAcidSurvey> {
  const at = office.now()
  return await transaction(office.db, access, async (tx) => {
    if (!(await findSurvey(tx, access, id))) throw new Refused('not-found')
    if (!(await voidRow(tx, access, 'survey', id, reason, at))) throw new Refused('conflict')
    await record(tx, access, { action: 'correct', entity: 'folic-acid-survey', entityId: id, reason }, at)
    return shown((await findSurvey(tx, access, id))!)
  })
}

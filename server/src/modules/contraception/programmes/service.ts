import type { z } from 'zod'
import type {
  CheckProgramme,
  listCheckProgrammes,
  NewCheckProgramme,
} from '@youyu/shared/contraception/programmes'
import type { Access } from '../../../access/access.ts'
import { record } from '../../../audit/index.ts'
import { newId } from '../../../crypto/ids.ts'
import { reading, transaction } from '../../../database/transaction.ts'
import { todayOf, type Office } from '../../../office.ts'
import { Refused } from '../../../refused.ts'
import * as queries from './queries.ts'

type Asked = z.output<(typeof listCheckProgrammes)['schema']['querystring']>

const shown = (row: queries.ProgrammeRow): CheckProgramme => ({
  ...row,
  recordedAt: row.recordedAt.toISOString(),
})

export async function listProgrammes(
  { db, now }: Office,
  access: Access,
  { on, code, history }: Asked,
): Promise<{ items: CheckProgramme[] }> {
  const rows = await reading(db, access, (tx) =>
    history === 'true'
      ? queries.programmeHistory(tx, access, code)
      : queries.programmesInForce(tx, access, on ?? todayOf(now()), code),
  )
  return { items: rows.map(shown) }
}

/** A programme is for everybody of an age: it never asks for marriage, parity or hukou (E9). */
export async function decideProgramme(
  { db, now }: Office,
  access: Access,
  body: NewCheckProgramme,
): Promise<CheckProgramme> {
  if (access.county === 0) throw new Refused('out-of-area')
  if (body.ageTo < body.ageFrom) throw Refused.field('/ageTo', 'invalid-value')
  if (((body.seasonFrom ?? null) === null) !== ((body.seasonTo ?? null) === null))
    throw Refused.field('/seasonTo', 'required')
  if (body.audience === 'IUD_USERS' && body.category !== 'WOMEN')
    throw Refused.field('/category', 'invalid-value')
  const at = now()
  const row = {
    ...body,
    isOffered: body.isOffered ?? true,
    sex: body.sex ?? null,
    seasonFrom: body.seasonFrom ?? null,
    seasonTo: body.seasonTo ?? null,
    combines: body.combines ?? [],
    uptakePercent: body.uptakePercent ?? 30,
    id: newId(at.getTime()),
    recordedAt: at,
  }
  return await transaction(db, access, async (tx) => {
    const known = await queries.programmeHistory(tx, access)
    const unknown = row.combines.find((code) => !known.some((each) => each.code === code))
    if (unknown) throw Refused.field('/combines', 'invalid-code-value')
    await Promise.all([
      queries.insertProgramme(tx, access, row),
      record(
        tx,
        access,
        { action: 'create', entity: 'check-programme', entityId: row.id, fields: [row.code] },
        at,
      ),
    ])
    return shown({ ...row, isOwn: true })
  })
}

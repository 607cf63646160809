import type { ContraceptiveMethod, MethodSheet, NewMethodSheet } from '@youyu/shared/contraception/methods'
import type { CivilDate } from '@youyu/shared/values'
import type { Access } from '../../../access/access.ts'
import { record } from '../../../audit/index.ts'
import { newId } from '../../../crypto/ids.ts'
import type { Asking } from '../../../database/connect.ts'
import { reading, transaction } from '../../../database/transaction.ts'
import { todayOf, type Office } from '../../../office.ts'
import { Refused } from '../../../refused.ts'
import {
  insertSheet,
  selectDevices,
  selectMethods,
  selectSheetsOn,
  selectSheetVersions,
  type KeptSheet,
} from './queries.ts'

const shown = (sheet: KeptSheet): MethodSheet => ({ ...sheet, recordedAt: sheet.recordedAt.toISOString() })

export async function listAll(office: Office, access: Access): Promise<{ items: ContraceptiveMethod[] }> {
  return await reading(office.db, access, async (tx) => {
    const [methods, devices] = await Promise.all([selectMethods(tx), selectDevices(tx)])
    const items = methods.map((method) => ({
      ...method,
      devices: devices.filter((device) => device.method === method.code),
    }))
    return { items }
  })
}

/** What the county's clients are told on a day. */
export async function sheetsOn(tx: Asking, access: Access, on: CivilDate): Promise<MethodSheet[]> {
  return (await selectSheetsOn(tx, access, on)).map(shown)
}

export async function listSheets(
  office: Office,
  access: Access,
  on: CivilDate | undefined,
): Promise<{ items: MethodSheet[] }> {
  const day = on ?? todayOf(office.now())
  return { items: await reading(office.db, access, (tx) => sheetsOn(tx, access, day)) }
}

export async function listVersions(
  office: Office,
  access: Access,
  method: string,
): Promise<{ items: MethodSheet[] }> {
  const sheets = await reading(office.db, access, (tx) => selectSheetVersions(tx, access, method))
  return { items: sheets.map(shown) }
}

/** A sheet is never changed: a new version holds from its day on. */
export async function publishSheet(
  office: Office,
  access: Access,
  body: NewMethodSheet,
): Promise<MethodSheet> {
  const at = office.now()
  const today = todayOf(at)
  if (access.county === 0) throw new Refused('out-of-area')
  if (body.effectiveFrom < today) throw Refused.field('/effectiveFrom', 'invalid-date')
  if (body.typicalUse !== null && body.perfectUse !== null && body.perfectUse > body.typicalUse)
    throw Refused.field('/perfectUse', 'invalid-value')
  if ((body.reviewer === null) !== (body.reviewedOn === null)) throw Refused.field('/reviewedOn', 'required')
  if (body.reviewedOn !== null && body.reviewedOn > today) throw Refused.field('/reviewedOn', 'invalid-date')
  return await transaction(office.db, access, async (tx) => {
    const deed = { action: 'configure', entity: 'method-sheet', fields: [body.method] } as const
    await Promise.all([insertSheet(tx, access, newId(at.getTime()), body, at), record(tx, access, deed, at)])
    return { ...body, county: access.county, recordedAt: at.toISOString() }
  })
}

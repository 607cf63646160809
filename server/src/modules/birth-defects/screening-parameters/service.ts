import type {
  NewScreeningParameter,
  Parameters,
  ScreeningParameter,
} from '@youyu/shared/birth-defects/screening-parameters'
import type { CivilDate, Id } from '@youyu/shared/values'
import type { Access } from '../../../access/access.ts'
import { record } from '../../../audit/index.ts'
import { cited } from '../../../citation.ts'
import { newId } from '../../../crypto/ids.ts'
import type { Transaction } from '../../../database/connect.ts'
import { reading, transaction } from '../../../database/transaction.ts'
import { todayOf, type Office } from '../../../office.ts'
import { Refused } from '../../../refused.ts'
import { insertParameter, selectInForce, selectParameters, type ParameterRow } from './queries.ts'

/** Every parameter as it holds on a day; a laboratory's own before the county's. */
export async function parametersOn(
  tx: Transaction,
  access: Access,
  on: CivilDate,
  laboratoryId: Id | null = null,
): Promise<Parameters> {
  const rows = await selectInForce(tx, access, on, laboratoryId)
  return Object.fromEntries(
    rows.map(({ item, value, critical }) => [item, { value, critical }]),
  ) as Parameters
}

function shown({ laboratoryId, laboratoryName, recordedAt, ...row }: ParameterRow): ScreeningParameter {
  return {
    ...cited(row),
    laboratory: laboratoryId === null ? null : { id: laboratoryId, name: laboratoryName ?? '' },
    recordedAt: recordedAt.toISOString(),
  }
}

export async function listParameters(
  office: Office,
  access: Access,
  { on, former }: { on?: CivilDate | undefined; former?: 'true' | 'false' | undefined },
): Promise<{ items: ScreeningParameter[] }> {
  const day = on ?? todayOf(office.now())
  const rows = await reading(office.db, access, (tx) => selectParameters(tx, access, day, former === 'true'))
  return { items: rows.map(shown) }
}

export async function setParameter(
  office: Office,
  access: Access,
  { item, laboratoryId = null, criticalValue = null, ...given }: NewScreeningParameter,
): Promise<ScreeningParameter> {
  const at = office.now()
  if (access.county === 0) throw new Refused('out-of-area')
  return await transaction(office.db, access, async (tx) => {
    const id = newId(at.getTime())
    await insertParameter(tx, access, { id, item, laboratoryId, criticalValue, ...given }, at)
    await record(tx, access, { action: 'create', entity: 'screening-parameter', entityId: id }, at)
    const rows = await selectParameters(tx, access, given.validFrom, true)
    return shown(rows.find((row) => row.id === id)!)
  })
}

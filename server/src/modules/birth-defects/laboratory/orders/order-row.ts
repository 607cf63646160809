import type { LabOrderRow, LabResult, LabWork } from '@youyu/shared/birth-defects/laboratory'
import { maskName } from '@youyu/shared/population/masking'
import type { Id } from '@youyu/shared/values'
import type { Access } from '../../../../access/access.ts'
import type { Office } from '../../../../office.ts'
import type { OrderRow, ResultRow } from './queries.ts'

/** What stands in `value_cipher`. */
type SealedValue = { number?: number; unit?: string; note?: string }

function common(row: OrderRow) {
  const { id, labId, lab, panelCode, barcode, orderedOn, collectedOn, state } = row
  const { receivedOn, resultedOn, isHeld, version } = row
  const rejectReason = row.rejectReason as LabWork['rejectReason']
  return {
    ...{ id, labId, lab, panelCode, barcode, orderedOn, collectedOn, state, receivedOn, rejectReason },
    ...{ resultedOn, isHeld, version },
  }
}

export function shownOrderRow(row: OrderRow): LabOrderRow {
  const { clientId, chainId, name, sex, birthDate } = row
  return {
    ...common(row),
    chainId,
    client: { id: clientId, name: name ?? '*', sex: sex ?? '9', birthDate: birthDate ?? row.orderedOn },
  }
}

/** To a laboratory: the label and the order. */
export function shownWork(row: OrderRow): LabWork {
  return {
    ...common(row),
    orderedBy: row.orderedBy,
    name: row.name && maskName(row.name),
    birthYear: row.birthDate === null ? null : Number(row.birthDate.slice(0, 4)),
  }
}

export function shownResult(
  { ciphers }: Office,
  { county }: Access,
  { valueCipher, recordedAt, voidedAt, orderId: _, ...row }: ResultRow & { orderId: Id },
): LabResult {
  const value: SealedValue = valueCipher
    ? (JSON.parse(ciphers.clinical.decipher(valueCipher, { county, id: row.id })) as SealedValue)
    : {}
  return {
    ...row,
    number: value.number ?? null,
    unit: value.unit ?? null,
    note: value.note ?? null,
    recordedAt: recordedAt.toISOString(),
    voidedAt: voidedAt?.toISOString() ?? null,
  }
}

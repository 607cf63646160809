import type {
  PrenatalScreen,
  PrenatalScreenRow,
  ScreenReport,
  ScreenValues,
} from '@youyu/shared/birth-defects/prenatal'
import type { Access } from '../../../access/access.ts'
import type { Transaction } from '../../../database/connect.ts'
import type { Office } from '../../../office.ts'
import { opened, womanOf } from '../cells.ts'
import type { Named } from '../queries-facts.ts'
import { findCaseOf, selectLabValues, type ScreenRow } from './queries.ts'

export type Found = ScreenRow & Named

export function shownRow(access: Access, row: Found): PrenatalScreenRow {
  const { id, chainId, kind, offeredOn, decision, takenOn, gestationDays, inWindow, result, reportedOn } = row
  return {
    ...{
      id,
      woman: womanOf(row),
      chainId,
      kind,
      offeredOn,
      decision,
      takenOn,
      gestationDays,
      inWindow,
      result,
    },
    ...{ flagged: row.flagged as PrenatalScreenRow['flagged'], reportedOn },
    isOurs: row.facilityId === access.facility,
    voidedAt: row.voidedAt?.toISOString() ?? null,
    version: row.version,
  }
}

type KeptReport = Partial<Omit<ScreenReport, 'reportedOn'>>

export function reportOf(office: Office, access: Access, row: ScreenRow): KeptReport | null {
  const text = opened(office, access, row.id, row.valuesCipher)
  return text === null ? null : (JSON.parse(text) as KeptReport)
}

const measureOf: Record<string, keyof ScreenValues> = {
  T21: 't21OneIn',
  T18: 't18OneIn',
  NTD: 'afpMom',
  GLU_0H: 'glucose0h',
  GLU_1H: 'glucose1h',
  GLU_2H: 'glucose2h',
}

/** Numbers that a laboratory sent stay where it filed them. */
async function labValuesOf(
  tx: Transaction,
  office: Office,
  access: Access,
  row: ScreenRow,
): Promise<ScreenValues> {
  if (!row.labOrderId) return {}
  const values: Record<string, number | string> = {}
  for (const { id, analyte, flag, valueCipher } of await selectLabValues(tx, access, row.labOrderId)) {
    const text = opened(office, access, id, valueCipher)
    const { number } = text === null ? {} : (JSON.parse(text) as { number?: number })
    if (row.kind === 'NIPT' && flag) values[`${analyte.toLowerCase()}Call`] = flag
    else if (number !== undefined && measureOf[analyte]) values[measureOf[analyte]] = number
  }
  return values
}

export async function shown(
  tx: Transaction,
  office: Office,
  access: Access,
  row: Found,
): Promise<PrenatalScreen> {
  const [caseId, labValues] = await Promise.all([
    findCaseOf(tx, access, row.id),
    labValuesOf(tx, office, access, row),
  ])
  const own = reportOf(office, access, row)?.values ?? null
  const {
    pregnancyId,
    counsellor,
    understood,
    laboratoryId,
    labOrderId,
    parameters,
    source,
    voidReason,
    replaces,
  } = row
  return {
    ...shownRow(access, row),
    ...{ pregnancyId, counsellor, understood, laboratoryId, labOrderId, parameters, caseId },
    values: own || Object.keys(labValues).length > 0 ? { ...labValues, ...own } : null,
    note: opened(office, access, row.id, row.noteCipher),
    recordedAt: row.recordedAt.toISOString(),
    ...{ source, voidReason, replaces },
  }
}

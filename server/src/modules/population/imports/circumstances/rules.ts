import {
  circumstanceKinds,
  documentOf,
  type CircumstanceKind,
} from '@youyu/shared/subsidies/circumstance-values'
import { evidenceNames } from '@youyu/shared/subsidies/programme-names'
import type { EvidenceType } from '@youyu/shared/subsidies/programmes'
import type { CellFault } from '../persons/rules.ts'
import { cellsOf } from '../rules-cells.ts'
import { readDate, reader } from '../rules-values.ts'

/** A circumstance as a row of a department's list tells it. */
export type CircumstanceCandidate = {
  idNumber: string
  name: string
  kind: CircumstanceKind
  grade: number | null
  detail: string | null
  from: string
  to: string | null
  documentType: EvidenceType
  documentNumber: string | null
}

const namesOf = (table: Readonly<Record<string, { zh: string; en: string }>>) =>
  Object.fromEntries(Object.entries(table).map(([code, { zh, en }]) => [code, [zh, en] as const]))
const readKind = reader(namesOf(circumstanceKinds), 1, {
  光荣证: 'ONLY_CHILD_CERTIFICATE',
  独生子女证: 'ONLY_CHILD_CERTIFICATE',
  独生子女光荣证: 'ONLY_CHILD_CERTIFICATE',
  残疾人证: 'DISABILITY',
  手术并发症: 'COMPLICATION',
  并发症: 'COMPLICATION',
  低保: 'LOW_INCOME',
  最低生活保障金: 'LOW_INCOME',
  居民养老保险: 'PENSION_SCHEME',
  历史资格: 'HISTORIC_QUALIFICATION',
  住院护理保险: 'INSURED',
  特扶家庭: 'SPECIAL_FAMILY',
  监护: 'GUARDIANSHIP',
})
const readDetail = reader(
  Object.assign({}, ...Object.values(circumstanceKinds).map(({ details }) => details)) as Record<
    string,
    readonly [string, string]
  >,
  1,
  { 居民养老保险: 'RESIDENT', 城乡居民: 'RESIDENT', 职工养老保险: 'EMPLOYEE', 城镇职工: 'EMPLOYEE' },
)
const readDocument = reader(evidenceNames, 1, {
  身份证: 'ID_CARD',
  光荣证: 'ONLY_CHILD_CERTIFICATE',
  残疾证: 'DISABILITY_CARD',
  残疾人证: 'DISABILITY_CARD',
  并发症鉴定: 'COMPLICATION_CERTIFICATE',
  低保证: 'LOW_INCOME_CERTIFICATE',
  最低生活保障证: 'LOW_INCOME_CERTIFICATE',
  参保证明: 'PENSION_PROOF',
  保险单: 'INSURANCE_POLICY',
  保单: 'INSURANCE_POLICY',
  死亡证明: 'DEATH_CERTIFICATE',
})
const grades: Readonly<Record<string, number>> = { 一: 1, 二: 2, 三: 3, 四: 4, i: 1, ii: 2, iii: 3, iv: 4 }

/** 1, 一级, 2级, Ⅲ */
export function readGrade(text: string): number | null {
  const plain = text.normalize('NFKC').toLowerCase().replace(/级$/, '').trim()
  return /^[1-4]$/.test(plain) ? Number(plain) : (grades[plain] ?? null)
}

const LONGEST_NUMBER = 60

export function readCircumstance(
  cell: (key: string) => string,
  today: string,
): { candidate: CircumstanceCandidate; faults: CellFault[] } {
  const cells = cellsOf(cell, today)
  const { optional, required, faults } = cells
  const kind = (required('kind', readKind, 'invalid-code-value') ?? 'INSURED') as CircumstanceKind
  const detail = optional('detail', readDetail, 'invalid-code-value')
  const candidate: CircumstanceCandidate = {
    idNumber: cells.person('idNumber', true) ?? '',
    name: cells.plain('name'),
    ...{ kind, detail },
    grade: optional('grade', readGrade),
    from: cells.day('from', true) ?? '',
    // A certificate may be valid for years to come.
    to: optional('to', readDate, 'invalid-date'),
    documentType: (optional('documentType', readDocument, 'invalid-code-value') ??
      documentOf(kind, detail)) as EvidenceType,
    documentNumber: optional('documentNumber', (text) => (text.length <= LONGEST_NUMBER ? text : null)),
  }
  return { candidate, faults }
}

import type { DropReason } from '@youyu/shared/birth-defects/chain-values'
import { keptKaryotype, withoutSexInCode } from '@youyu/shared/birth-defects/fetal-sex'
import type { NewDiagnosis } from '@youyu/shared/birth-defects/prenatal-cases'
import type { Id } from '@youyu/shared/values'
import type { Access } from '../../../access/access.ts'
import { newId } from '../../../crypto/ids.ts'
import type { Transaction } from '../../../database/connect.ts'
import { todayOf, type Office } from '../../../office.ts'
import { Refused } from '../../../refused.ts'
import { ageOn, keepClient } from '../../contraception/index.ts'
import { opened, sealed } from '../cells.ts'
import { makeDue, recordLinks, type LinkEvent } from '../chains/index.ts'
import { proposeOnce } from '../proposals.ts'
import { gestationOn, pregnancyOf } from '../prenatal-screens/index.ts'
import { parametersOn } from '../screening-parameters/index.ts'
import { diagnoses, type DiagnosisFact } from './queries.ts'
import { courseFaults, isInWindow } from './rules.ts'

type Findings = { karyotype: string | null; groupIndication: string | null }

export function findingsOf(office: Office, access: Access, row: DiagnosisFact): Findings {
  const text = opened(office, access, row.id, row.findingsCipher)
  return text === null ? { karyotype: null, groupIndication: null } : (JSON.parse(text) as Findings)
}

export type Written = { [Field in keyof Required<NewDiagnosis>]: Exclude<NewDiagnosis[Field], undefined> }

export const writtenOf = (body: NewDiagnosis): Written => ({
  pregnancyId: null,
  caseId: null,
  counsellor: null,
  understood: null,
  declineReason: null,
  method: null,
  performedOn: null,
  gestationDays: null,
  tests: [],
  result: null,
  reportedOn: null,
  defectCodes: [],
  groupIndication: null,
  karyotype: null,
  counselledOn: null,
  note: null,
  ...(Object.fromEntries(Object.entries(body).filter(([, value]) => value !== undefined)) as NewDiagnosis &
    Partial<Written>),
})

export async function columnsOf(
  tx: Transaction,
  office: Office,
  access: Access,
  id: Id,
  written: Written,
  at: Date,
) {
  const defectCodes = [...new Set(written.defectCodes.map(withoutSexInCode))]
  const faults = courseFaults({ ...written, defectCodes }, todayOf(at))
  if (faults.length > 0) throw new Refused('invalid-request', { errors: faults })
  const { client, chain } = await pregnancyOf(tx, access, written, written.offeredOn, at)
  const set = await parametersOn(tx, access, written.performedOn ?? written.offeredOn)
  if (
    written.indications.includes('AGE_35') &&
    chain.expectedOn &&
    ageOn(chain.expectedOn, client.birthDate) < set.AGE_YEARS.value
  )
    throw Refused.field('/indications', 'invalid-value')
  const { performedOn, method } = written
  const gestationDays =
    performedOn && chain.expectedOn ? gestationOn(chain.expectedOn, performedOn) : written.gestationDays
  const karyotype = written.karyotype && keptKaryotype(written.karyotype, written.groupIndication !== null)
  const findings: Findings = { karyotype: karyotype || null, groupIndication: written.groupIndication }
  const isKnown = findings.karyotype !== null || findings.groupIndication !== null
  return {
    chain,
    row: {
      ...{
        chainId: chain.chainId,
        womanId: written.womanId,
        pregnancyId: chain.pregnancyId ?? written.pregnancyId,
      },
      ...{ caseId: written.caseId, divisionCode: client.residenceDivision, indications: written.indications },
      ...{ offeredOn: written.offeredOn, counsellor: written.counsellor, understood: written.understood },
      ...{
        decision: written.decision,
        method,
        performedOn,
        gestationDays: performedOn ? gestationDays : null,
      },
      inWindow:
        performedOn && method && gestationDays !== null ? isInWindow(method, gestationDays, set) : null,
      ...{ tests: written.tests, result: written.result, reportedOn: written.reportedOn, defectCodes },
      counselledOn: written.counselledOn,
      findingsCipher: sealed(office, access, id, isKnown ? JSON.stringify(findings) : null),
      noteCipher: sealed(office, access, id, written.note),
    },
  }
}

/** What was found before birth is put down for a defect card; somebody completes it. */
export async function propose(
  tx: Transaction,
  office: Office,
  access: Access,
  row: Pick<
    DiagnosisFact,
    'chainId' | 'womanId' | 'result' | 'reportedOn' | 'defectCodes' | 'method' | 'gestationDays'
  >,
): Promise<void> {
  if (row.result !== 'ABNORMAL') return
  const { chainId, womanId: motherId, gestationDays } = row
  const basis = row.method === 'IMAGING' ? ('ULTRASOUND' as const) : ('CHROMOSOME' as const)
  for (const icd10 of row.defectCodes.filter((code) => !code.includes('-')))
    await proposeOnce(tx, office, access, {
      ...{ chainId, motherId, icd10, basis, on: row.reportedOn!, gestationDays, from: 'PRENATAL' },
    })
}

type Linked = Pick<
  DiagnosisFact,
  'chainId' | 'offeredOn' | 'decision' | 'performedOn' | 'result' | 'reportedOn'
>

export function linksOf(id: Id, row: Linked, declineReason: DropReason | null): LinkEvent[] {
  const item = { chainId: row.chainId, item: 'DIAGNOSIS' as const, recordId: id }
  const links: LinkEvent[] = [{ ...item, event: 'OFFERED', on: row.offeredOn }]
  if (row.decision === 'AGREED') links.push({ ...item, event: 'ACCEPTED', on: row.offeredOn })
  if (row.decision === 'DECLINED')
    links.push({ ...item, event: 'DECLINED', on: row.offeredOn, reason: declineReason ?? 'NOT_SAID' })
  if (row.performedOn) links.push({ ...item, event: 'DONE', on: row.performedOn })
  if (row.result === 'ABNORMAL') links.push({ ...item, event: 'POSITIVE', on: row.reportedOn! })
  return links
}

export async function recordIn(
  tx: Transaction,
  office: Office,
  access: Access,
  written: Written,
  at: Date,
  replaces: Id | null = null,
): Promise<Id> {
  const id = newId(at.getTime())
  const { row } = await columnsOf(tx, office, access, id, written, at)
  await diagnoses.insert(tx, access, { id, ...row, replaces }, at)
  await makeDue(tx, access, { chainId: row.chainId, item: 'DIAGNOSIS', on: row.offeredOn, recordId: id }, at)
  await recordLinks(tx, access, linksOf(id, row, written.declineReason), at)
  await propose(tx, office, access, row)
  await keepClient(tx, access, { clientId: row.womanId, on: row.performedOn ?? row.offeredOn, encounters: 0 })
  return id
}

export function rewritten(office: Office, access: Access, row: DiagnosisFact): Written {
  return {
    ...(row as unknown as Written),
    ...findingsOf(office, access, row),
    declineReason: null,
    note: opened(office, access, row.id, row.noteCipher),
  }
}

import type { z } from 'zod'
import type {
  Diagnosis,
  DiagnosisProgress,
  DiagnosisRow,
  listDiagnoses,
  NewDiagnosis,
} from '@youyu/shared/birth-defects/prenatal-cases'
import type { CivilDate, Id, Page } from '@youyu/shared/values'
import type { Access } from '../../../access/access.ts'
import { record } from '../../../audit/index.ts'
import type { Transaction } from '../../../database/connect.ts'
import { reading } from '../../../database/transaction.ts'
import { assertVersion } from '../../../http/conditional.ts'
import { keyIn, pageOf } from '../../../http/paging.ts'
import type { Office } from '../../../office.ts'
import { Refused } from '../../../refused.ts'
import { careDeed, careTransaction } from '../../contraception/index.ts'
import { opened, refuseOverwriting, womanOf } from '../cells.ts'
import { recordLinks, voidLinks } from '../chains/index.ts'
import type { Named } from '../queries-facts.ts'
import { diagnoses, type DiagnosisFact } from './queries.ts'
import {
  findingsOf,
  writtenOf,
  columnsOf,
  propose,
  linksOf,
  recordIn,
  rewritten,
  type Written,
} from './recording.ts'

type Found = DiagnosisFact & Named
function shownRow(access: Access, row: Found): DiagnosisRow {
  const {
    id,
    chainId,
    offeredOn,
    decision,
    method,
    performedOn,
    gestationDays,
    inWindow,
    result,
    reportedOn,
  } = row
  return {
    ...{
      id,
      woman: womanOf(row),
      chainId,
      offeredOn,
      decision,
      method,
      performedOn,
      gestationDays,
      inWindow,
    },
    ...{ result, reportedOn, defectCodes: row.defectCodes, version: row.version },
    indications: row.indications as DiagnosisRow['indications'],
    isOurs: row.facilityId === access.facility,
    voidedAt: row.voidedAt?.toISOString() ?? null,
  }
}

function shown(office: Office, access: Access, row: Found): Diagnosis {
  const { pregnancyId, caseId, counsellor, understood, counselledOn, source, voidReason, replaces } = row
  return {
    ...shownRow(access, row),
    ...{ pregnancyId, caseId, counsellor, understood, counselledOn, source, voidReason, replaces },
    tests: row.tests as Diagnosis['tests'],
    ...findingsOf(office, access, row),
    note: opened(office, access, row.id, row.noteCipher),
    recordedAt: row.recordedAt.toISOString(),
  }
}

type Asked = z.output<(typeof listDiagnoses)['schema']['querystring']>

export async function listAll(
  office: Office,
  access: Access,
  { limit, cursor, womanId, caseId, result, awaiting, voided }: Asked,
): Promise<Page<DiagnosisRow>> {
  const after = keyIn(cursor, ['string', 'string'])
  const rows = await reading(office.db, access, (tx) =>
    diagnoses.list(tx, access, {
      equal: { womanId, caseId, result },
      more: () => [awaiting && `r.result is null and r.decision <> 'DECLINED'`],
      ...{ voided, ofChain: womanId !== undefined, by: 'offeredOn', after, limit: limit + 1 },
    }),
  )
  const page = pageOf(
    rows,
    limit,
    (row) => shownRow(access, row),
    (row) => [row.offeredOn, row.id],
  )
  for (const { woman } of page.items)
    office.views.note(access, careDeed(office, woman.id, 'view', 'prenatal-diagnosis'))
  return page
}

export async function readDiagnosis(office: Office, access: Access, id: Id): Promise<Diagnosis> {
  const row = await reading(office.db, access, (tx) => diagnoses.find(tx, access, id))
  if (!row) throw new Refused('not-found')
  office.views.note(access, careDeed(office, row.womanId, 'view', 'prenatal-diagnosis'))
  return shown(office, access, row)
}

async function told(tx: Transaction, office: Office, access: Access, id: Id): Promise<Diagnosis> {
  return shown(office, access, (await diagnoses.find(tx, access, id))!)
}

export async function recordDiagnosis(
  office: Office,
  access: Access,
  body: NewDiagnosis,
): Promise<Diagnosis> {
  const at = office.now()
  return await careTransaction(office, access, async (tx) => {
    const id = await recordIn(tx, office, access, writtenOf(body), at)
    await record(tx, access, careDeed(office, body.womanId, 'create', 'prenatal-diagnosis'), at)
    return await told(tx, office, access, id)
  })
}

export async function continueDiagnosis(
  office: Office,
  access: Access,
  id: Id,
  version: number,
  body: DiagnosisProgress,
): Promise<Diagnosis> {
  const at = office.now()
  return await careTransaction(office, access, async (tx) => {
    const before = await diagnoses.lock(tx, access, id)
    if (!before) throw new Refused('not-found')
    assertVersion(version, before.version)
    const written = rewritten(office, access, before)
    refuseOverwriting(written, body)
    const after = { ...written, ...body } as Written
    const { row } = await columnsOf(tx, office, access, id, after, at)
    const { chainId: _, womanId: __, divisionCode: ___, ...set } = row
    await diagnoses.update(tx, access, id, set, at)
    const known = new Set(linksOf(id, before, null).map(({ event }) => event))
    const news = linksOf(id, { ...row, chainId: before.chainId }, after.declineReason)
    await recordLinks(
      tx,
      access,
      news.filter(({ event }) => !known.has(event)),
      at,
    )
    if (before.result === null) await propose(tx, office, access, { ...row, chainId: before.chainId })
    const fields = Object.keys(body)
    await record(tx, access, careDeed(office, before.womanId, 'change', 'prenatal-diagnosis', { fields }), at)
    return await told(tx, office, access, id)
  })
}

export async function correctDiagnosis(
  office: Office,
  access: Access,
  id: Id,
  {
    set,
    reason,
  }: {
    set: DiagnosisProgress & { indications?: string[] | undefined; offeredOn?: CivilDate | undefined }
    reason: string
  },
): Promise<Diagnosis> {
  const at = office.now()
  return await careTransaction(office, access, async (tx) => {
    const before = await diagnoses.lock(tx, access, id)
    if (!before) throw new Refused('not-found')
    await takeBack(tx, access, id, reason, at)
    const after = { ...rewritten(office, access, before), ...set } as Written
    const replacement = await recordIn(tx, office, access, after, at, id)
    const fields = Object.keys(set)
    await record(
      tx,
      access,
      careDeed(office, before.womanId, 'correct', 'prenatal-diagnosis', { fields }),
      at,
    )
    return await told(tx, office, access, replacement)
  })
}

export async function voidDiagnosis(
  office: Office,
  access: Access,
  id: Id,
  { reason }: { reason: string },
): Promise<Diagnosis> {
  const at = office.now()
  return await careTransaction(office, access, async (tx) => {
    const before = await diagnoses.lock(tx, access, id)
    if (!before) throw new Refused('not-found')
    await takeBack(tx, access, id, reason, at)
    await record(
      tx,
      access,
      careDeed(office, before.womanId, 'correct', 'prenatal-diagnosis', { fields: ['void'] }),
      at,
    )
    return await told(tx, office, access, id)
  })
}

async function takeBack(tx: Transaction, access: Access, id: Id, reason: string, at: Date): Promise<void> {
  await diagnoses.void(tx, access, id, reason, at)
  await voidLinks(tx, access, id, reason, at)
}

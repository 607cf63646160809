import type {
  addLayout,
  BankLayout,
  LayoutDefinition,
  lintLayout,
} from '@youyu/shared/subsidies/bank-layouts'
import type { Id } from '@youyu/shared/values'
import type { z } from 'zod'
import type { Access } from '../../../access/access.ts'
import { record } from '../../../audit/index.ts'
import { newId } from '../../../crypto/ids.ts'
import { reading, transaction } from '../../../database/transaction.ts'
import type { Office } from '../../../office.ts'
import { Refused } from '../../../refused.ts'
import * as queries from './queries.ts'
import { decoderOf } from './rules-encoding.ts'
import { isUsable, lint } from './rules-linting.ts'
import { Unwritable, writerOf, yuanOf } from './rules-writing.ts'

function shown(access: Access, { ownerCounty, madeById, ...layout }: queries.LayoutRecord): BankLayout {
  return {
    ...layout,
    isOwn: ownerCounty !== 0,
    findings: lint(layout.definition),
    madeAt: layout.madeAt.toISOString(),
    isMine: madeById === access.actorId,
    activatedAt: layout.activatedAt?.toISOString() ?? null,
  }
}

export async function listLayouts(office: Office, access: Access): Promise<{ items: BankLayout[] }> {
  const layouts = await reading(office.db, access, async (tx) => await queries.selectLayouts(tx, access))
  return { items: layouts.map((layout) => shown(access, layout)) }
}

const invented = [
  { accountName: '张三', accountNumber: '6217000000000000018', idLast4: '0011', fen: 96_000 },
  { accountName: '欧阳文秀', accountNumber: '6217000000000000026', idLast4: '002X', fen: 360_000 },
]
const totals = { batchNumber: 'B2026-0001', rows: 2, totalFen: 456_000, payOn: '2026-09-20' }

type Checked = z.output<(typeof lintLayout)['schema']['response'][200]>

export function checkLayout(definition: LayoutDefinition): Checked {
  const findings = lint(definition)
  try {
    const writer = writerOf(definition.pay)
    const lines = invented.map(({ fen, ...person }, place) =>
      writer.line({
        ...person,
        ...{ batchNumber: totals.batchNumber, seq: String(place + 1), programme: 'P01', period: '2026' },
        ...{ amountFen: String(fen), amountYuan: yuanOf(fen), memo: 'P01 2026', bankName: '样例银行' },
      }),
    )
    const file = Buffer.concat([writer.opening(totals), ...lines, writer.closing(totals)])
    const sample = decoderOf(definition.pay.encoding).decode(file).split(/\r?\n/).slice(0, -1)
    return { findings, fileName: writer.fileName(totals), sample }
  } catch (error) {
    if (!(error instanceof Unwritable)) throw error
    return { findings, fileName: '', sample: [] }
  }
}

type Given = z.output<(typeof addLayout)['schema']['body']>

export async function draftLayout(office: Office, access: Access, given: Given): Promise<BankLayout> {
  const at = office.now()
  return await transaction(office.db, access, async (tx) => {
    const id = newId(at.getTime())
    const version = await queries.nextVersion(tx, access, given.code)
    await queries.insertLayout(tx, {
      ...{ id, ownerCounty: access.county, code: given.code, version, name: given.name },
      definition: JSON.stringify(given.definition),
      ...{ state: 'DRAFT', madeBy: access.actorId, madeAt: at },
    })
    await record(tx, access, { action: 'configure', entity: 'bank-layout', entityId: id }, at)
    return shown(access, (await queries.findLayout(tx, access, id))!)
  })
}

export async function activateLayout(office: Office, access: Access, id: Id): Promise<BankLayout> {
  const at = office.now()
  return await transaction(office.db, access, async (tx) => {
    const layout = await queries.findLayout(tx, access, id)
    if (!layout || layout.ownerCounty !== access.county) throw new Refused('not-found')
    if (layout.madeById === access.actorId) throw new Refused('maker-is-checker')
    if (layout.state !== 'DRAFT') throw new Refused('conflict')
    if (!isUsable(lint(layout.definition))) throw new Refused('layout-faulty')
    await queries.activate(tx, access, layout, at)
    await record(
      tx,
      access,
      { action: 'configure', entity: 'bank-layout', entityId: id, fields: ['ACTIVE'] },
      at,
    )
    return shown(access, (await queries.findLayout(tx, access, id))!)
  })
}

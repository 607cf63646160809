import { chainItemNames, dropReasonNames, planReasonNames } from '@youyu/shared/birth-defects/chain-values'
import type { CascadeItem, CascadePart } from '@youyu/shared/birth-defects/cascades'
import type { downloadBirthDefectCascade } from '@youyu/shared/birth-defects/statistics'
import type { z } from 'zod'
import type { Access } from '../../../../access/access.ts'
import { record } from '../../../../audit/index.ts'
import { transaction } from '../../../../database/transaction.ts'
import { todayOf, type Office } from '../../../../office.ts'
import { fileOf, type Sheet, type TableFile } from '../../../population/index.ts'
import { readCascade } from '../../chains/index.ts'

type Asked = z.output<(typeof downloadBirthDefectCascade)['schema']['querystring']>

const counts = [
  ['cohort', '应列入'],
  ['offered', '已告知'],
  ['accepted', '已接受'],
  ['done', '已完成'],
  ['positive', '阳性'],
  ['followed', '已随访'],
  ['declined', '谢绝'],
  ['overdue', '已过期'],
  ['notApplicable', '不适用'],
  ['waiting', '已告知待办'],
  ['due', '应提供'],
  ['notDue', '未到期'],
] as const satisfies readonly (readonly [keyof CascadeItem, string])[]

const column = (header: string, width: number) => ({ header, width })
const placeColumns = [column('区划代码', 15), column('区划', 18), column('环节', 8), column('项目', 22)]
const reasons: Record<string, readonly [string, string]> = { ...dropReasonNames, ...planReasonNames }

/** The cascade as a file: links by township and item, and why they came to nothing; who took it is recorded. */
export async function cascadeFile(
  office: Office,
  access: Access,
  { format, ...query }: Asked,
): Promise<TableFile> {
  const cascade = await readCascade(office, access, query)
  const { division, from, to, whole, townships, isPublication } = cascade
  const parts = [whole, ...townships]
  const links: Sheet = {
    name: '干预链',
    columns: [...placeColumns, ...counts.map(([, header]) => column(header, 11))],
    rows: rowsOf(parts, (item) => [counts.map(([key]) => item[key])]),
  }
  const dropOffs: Sheet = {
    name: '未完成原因',
    columns: [...placeColumns, column('原因', 18), column('例数', 9)],
    rows: rowsOf(parts, (item) =>
      item.dropOffs.map((drop) => [
        drop.reason === null ? '未记原因' : (reasons[drop.reason]?.[0] ?? drop.reason),
        drop.links,
      ]),
    ),
  }
  const at = office.now()
  await transaction(office.db, access, (tx) =>
    record(
      tx,
      access,
      { action: 'export', entity: 'birth-defect-cascade', division: division.code, rows: links.rows.length },
      at,
    ),
  )
  const span = `${from.slice(0, 7)}-${to.slice(0, 7)}${isPublication ? '-公布' : ''}`
  return await fileOf(`干预链漏斗-${division.code}-${span}-${todayOf(at)}`, format, [links, dropOffs])
}

function rowsOf(
  parts: readonly CascadePart[],
  cellsOf: (item: CascadeItem) => (string | number | null)[][],
): (string | number | null)[][] {
  return parts.flatMap(({ division, items }) =>
    items.flatMap((item) =>
      cellsOf(item).map((cells) => [
        division.code,
        division.name,
        item.link,
        chainItemNames[item.item][0],
        ...cells,
      ]),
    ),
  )
}

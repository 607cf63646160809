import type {
  LayoutDefinition,
  LayoutFinding,
  PayField,
  ReturnField,
} from '@youyu/shared/subsidies/bank-layouts'

const words: Record<LayoutFinding['code'], readonly [string, string]> = {
  FIELD_MISSING: ['缺少必需的字段', 'A field is missing'],
  FIELD_TWICE: ['字段重复', 'A field occurs twice'],
  WIDTH_MISSING: ['定长文件的每个字段须有宽度', 'Fixed-width files need a width for every field'],
  WIDTH_TOO_SMALL: ['宽度不足以容纳内容', 'The width is too small for what it holds'],
  SEPARATOR_MISSING: ['分隔文件须指定分隔符', 'A separated file needs a separator'],
  SEPARATOR_OCCURS: ['分隔符可能出现在内容中', 'The separator may occur in what it separates'],
  TITLES_DIFFER: ['标题个数与字段个数不符', 'There are not as many titles as columns'],
  FILE_NAME_WITHOUT_BATCH: ['文件名须含批次号 {batch}', 'The file name needs {batch}'],
  FILE_NAME_UNSAFE: ['文件名含有不允许的字符', 'The file name has characters that it must not have'],
  PAID_CODE_MISSING: ['没有表示“已入账”的代码', 'No code means paid'],
  TOTALS_MISSING: ['没有合计行，银行无法核对总额', 'Without totals the bank cannot check the whole'],
}

/** How wide the values of a field can be, in bytes. */
const widest: Partial<Record<PayField | ReturnField, number>> = {
  seq: 6,
  accountNumber: 19,
  accountName: 20,
  amountFen: 9,
  amountYuan: 10,
  idLast4: 4,
  batchNumber: 14,
  code: 2,
  valueDate: 8,
}

/** What is wrong with a layout: errors keep it from use. */
export function lint({ pay, return: back }: LayoutDefinition): LayoutFinding[] {
  const found: LayoutFinding[] = []
  const find = (
    pointer: string,
    code: LayoutFinding['code'],
    severity: LayoutFinding['severity'] = 'ERROR',
  ) => found.push({ pointer, severity, code, zh: words[code][0], en: words[code][1] })

  const fieldsOf = (columns: readonly { field: string }[]) => columns.map(({ field }) => field)
  const need = (pointer: string, fields: readonly string[], any: readonly string[]) => {
    if (!any.some((field) => fields.includes(field))) find(pointer, 'FIELD_MISSING')
  }
  for (const [name, layout] of [
    ['pay', pay],
    ['return', back],
  ] as const) {
    const fields = fieldsOf(layout.columns)
    const columns = `/${name}/columns`
    need(columns, fields, ['seq'])
    need(columns, fields, ['accountNumber'])
    need(columns, fields, ['amountFen', 'amountYuan'])
    need(columns, fields, name === 'pay' ? ['accountName'] : ['code'])
    fields.forEach((field, place) => {
      if (field !== 'blank' && fields.indexOf(field) < place) find(`${columns}/${place}`, 'FIELD_TWICE')
    })
    if (layout.format === 'FIXED') {
      const lines = { columns: layout.columns, header: layout.header ?? [], trailer: layout.trailer ?? [] }
      for (const [part, cells] of Object.entries(lines))
        cells.forEach(({ field, width }, place) => {
          if (width === undefined) find(`/${name}/${part}/${place}`, 'WIDTH_MISSING')
          else if (part === 'columns' && width < (widest[field as PayField] ?? 0))
            find(`/${name}/${part}/${place}`, 'WIDTH_TOO_SMALL')
        })
      if (layout.titles) find(`/${name}/titles`, 'TITLES_DIFFER')
    } else {
      if (layout.separator === undefined) find(`/${name}/separator`, 'SEPARATOR_MISSING')
      else if (/[\p{L}\p{N}. -]/u.test(layout.separator)) find(`/${name}/separator`, 'SEPARATOR_OCCURS')
      if (layout.titles && layout.titles.length !== layout.columns.length)
        find(`/${name}/titles`, 'TITLES_DIFFER')
    }
  }
  if (!pay.fileName.includes('{batch}')) find('/pay/fileName', 'FILE_NAME_WITHOUT_BATCH')
  if (
    !/^[\p{L}\p{N}_.-]+$/u.test(pay.fileName.replaceAll(/\{(batch|date|rows)\}/g, '')) ||
    pay.fileName.startsWith('.')
  )
    find('/pay/fileName', 'FILE_NAME_UNSAFE')
  const totals = [...(pay.header ?? []), ...(pay.trailer ?? [])].map(({ field }) => field)
  if (!totals.includes('totalFen') && !totals.includes('totalYuan')) find('/pay', 'TOTALS_MISSING', 'WARNING')
  if (!Object.values(back.codes).includes('00')) find('/return/codes', 'PAID_CODE_MISSING')
  return found
}

export const isUsable = (findings: readonly LayoutFinding[]) =>
  findings.every(({ severity }) => severity !== 'ERROR')

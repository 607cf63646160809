import type { downloadIndicators, IndicatorCode, IndicatorValue } from '@youyu/shared/population/indicators'
import type { z } from 'zod'
import type { Access } from '../../../../access/access.ts'
import { record } from '../../../../audit/index.ts'
import { reading, transaction } from '../../../../database/transaction.ts'
import { todayOf, type Office } from '../../../../office.ts'
import { Refused } from '../../../../refused.ts'
import { areaOf } from '../area.ts'
import { populationCatalogue } from '../catalogue/index.ts'
import { valuesOf, type Catalogue } from '../values/service.ts'
import { definitionColumns, tableColumns, type CellOfTable } from './rules.ts'
import { fileOf, type TableFile } from './sheets.ts'

type Asked = z.output<(typeof downloadIndicators)['schema']['querystring']>

/** A catalogue as files go out: under which name, recorded as what. */
export type Tables = { catalogue: Catalogue; title: string; entity: string }

export const populationTables: Tables = {
  catalogue: populationCatalogue,
  title: '人口指标',
  entity: 'indicators',
}

/** Indicators of an area and its parts as a file; who took it is recorded. */
export async function tableFile(
  office: Office,
  access: Access,
  { catalogue, title, entity }: Tables,
  asked: Asked,
): Promise<TableFile> {
  const codes = codesAsked(catalogue, asked.codes)
  const { division, level } = areaOf(access, asked.division)
  const now = office.now()
  const { from, to, population, publication } = asked
  const question = {
    division,
    from,
    to,
    population,
    now,
    periodBasis: 'MONTH_RANGE' as const,
    ...(publication && { publication }),
  }
  const values = await reading(office.db, access, async (tx) => {
    const wanted = codes.flatMap((code) =>
      level === 5
        ? [{ ...question, code }]
        : [
            { ...question, code },
            { ...question, code, by: 'part' as const },
          ],
    )
    return (await Promise.all(wanted.map((each) => valuesOf(tx, access, catalogue, each)))).flat()
  })
  await transaction(office.db, access, (tx) =>
    record(tx, access, { action: 'export', entity, division, fields: codes, rows: values.length }, now),
  )
  const name = `${title}-${division}-${from.slice(0, 7)}-${to.slice(0, 7)}${publication ? '-公布' : ''}-${todayOf(now)}`
  return await fileOf(name, asked.format, [
    { name: '指标', columns: tableColumns, rows: rowsOf(catalogue, values) },
    {
      name: '定义',
      columns: definitionColumns,
      rows: codes
        .map(catalogue.definitionOf)
        .map((definition) => definitionColumns.map(({ of }) => of(definition))),
    },
  ])
}

/** All of the catalogue, or those named with commas. */
function codesAsked({ definitions }: Catalogue, text: string | undefined): IndicatorCode[] {
  const known = definitions.map(({ code }) => code)
  if (!text) return known
  const codes = [...new Set(text.split(','))]
  if (!codes.every((code) => known.includes(code))) throw Refused.field('?codes', 'invalid-value')
  return codes
}

function rowsOf({ definitionOf }: Catalogue, values: readonly IndicatorValue[]): CellOfTable[][] {
  return values.map((value) => tableColumns.map(({ of }) => of(value, definitionOf(value.code))))
}

import type { getPyramid } from '@youyu/shared/population/indicators'
import type { z } from 'zod'
import type { Access } from '../../../../access/access.ts'
import { reading } from '../../../../database/transaction.ts'
import type { Office } from '../../../../office.ts'
import { findNames } from '../../book/index.ts'
import { areaOf } from '../area.ts'
import { selectAges, type AgeRow } from './queries.ts'

type Asked = z.output<(typeof getPyramid)['schema']['querystring']>

export async function readPyramid({ db }: Office, access: Access, asked: Asked) {
  const area = areaOf(access, asked.division)
  const basis = asked.population === 'hukou' ? 'registered' : 'residence'
  const months = [asked.month, ...(asked.beside ? [asked.beside] : [])]
  return await reading(db, access, async (tx) => {
    const [names, ...structures] = await Promise.all([
      findNames(tx, [area.division]),
      ...months.map(async (month) => ({ month, ...agesOf(await selectAges(tx, area, basis, month)) })),
    ])
    const name = names.get(area.division)?.name ?? area.division
    return { division: { code: area.division, name }, population: asked.population, structures }
  })
}

/** Rows by sex and age as two series of 101 ages. */
function agesOf(rows: readonly AgeRow[]): { male: number[]; female: number[]; unknown: number } {
  const [male, female] = [new Array<number>(101).fill(0), new Array<number>(101).fill(0)]
  let unknown = 0
  for (const { sex, age, people } of rows) {
    if (sex === '1') male[age] = people
    else if (sex === '2') female[age] = people
    else unknown += people
  }
  return { male, female, unknown }
}

import { nationalCategories } from '@youyu/shared/birth-defects/surveillance'
import type { IndicatorValue } from '@youyu/shared/population/indicators'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { furnishChain } from '../../../../../test/chain-facts.ts'
import type { Place } from '../../../../../test/county.ts'
import { openOffice, type Officer, type TestOffice } from '../../../../../test/office.ts'
import {
  askPublished,
  findSmallNumbers,
  MonthsFrom,
  type CountsFamily,
} from '../../../../../test/published-counts.ts'

let office: TestOffice
let place: Place
let bureau: Officer
beforeAll(async () => {
  office = await openOffice()
  place = await furnishChain(office)
  bureau = await office.officer('county_mch', place.county)
}, 60_000)
afterAll(() => office.close())

const months = new MonthsFrom(2023, 44)
const ask = (code: string, question: Record<string, string>) =>
  askPublished(bureau, `/api/v1/birth-defect-indicators/${code}`, place.county, question)

/** What somebody with patience would ask for: ranges that begin and end everywhere, years of both kinds, parts. */
function questions(): Record<string, string>[] {
  const { all, years } = months.whole()
  return [...months.rangesFrom(12, 12), ...months.rangesFrom(19, 6), ...years, { ...all, by: 'month' }, all]
}

const isPartOf = ({ component }: IndicatorValue) =>
  component === null ? { numerator: [0], denominator: [0, 1] } : { numerator: null, denominator: null }
const ofPair = (measure: string, part: string, whole: string) =>
  `select k.month, k.division_code, c.cell, case when c.cell = 0 then coalesce(p.tally, 0) else k.tally - coalesce(p.tally, 0) end as n
   from birth_defect_tallies k left join birth_defect_tallies p on p.measure = k.measure and p.month = k.month and p.division_code = k.division_code and p.item = '${part}'
   cross join (values (0), (1)) as c (cell) where k.measure = '${measure}' and k.item = '${whole}'`

const families: [string, CountsFamily][] = [
  [
    'of women due, by whether they were tested',
    { codes: ['BDI-04'], width: 2, fewest: 10, facts: ofPair('torch-due', 'DONE', 'DUE'), reading: isPartOf },
  ],
  [
    'of prenatal screening',
    {
      codes: ['BDI-15'],
      width: 2,
      fewest: 10,
      facts: ofPair('screening', 'SCREENED', 'REACHED'),
      reading: isPartOf,
    },
  ],
  [
    'of tests, by result',
    {
      codes: ['BDI-05'],
      width: 2,
      fewest: 0,
      facts: ofPair('torch', 'POSITIVE', 'TESTED'),
      reading: isPartOf,
    },
  ],
  [
    'of cases, by category',
    {
      codes: ['BDI-21'],
      width: 24,
      fewest: 4,
      facts: `select month, division_code, right(item, 2)::int - 1 as cell, tally as n from birth_defect_tallies
        where measure = 'case' and item ~ '^HOSPITAL_28W_7D:[0-9]{2}$'`,
      reading: ({ component }) => ({
        numerator:
          component === null
            ? [0, 1, 2]
            : [nationalCategories.findIndex((category) => category === component)],
        denominator: null,
      }),
    },
  ],
]

const windowed = (window: string, minus?: string) =>
  `sum(k.tally) filter (where k.item = '${window}:ANY')${minus ? ` - coalesce(sum(k.tally) filter (where k.item = '${minus}:ANY'), 0)` : ''}`
families.push([
  'of cases of the population, by when they are found',
  {
    codes: ['BDI-20'],
    width: 2,
    fewest: 4,
    facts: `select k.month, k.division_code, c.cell, coalesce(case c.cell when 0 then ${windowed('POPULATION_28W_42D')}
        else ${windowed('EXTENDED', 'POPULATION_28W_42D')} end, 0)::int as n
      from birth_defect_tallies k cross join (values (0), (1)) as c (cell) where k.measure = 'case' group by 1, 2, 3`,
    reading: ({ component }) => ({
      numerator: component === 'POPULATION_28W_42D' ? [0] : component === 'EXTENDED' ? [0, 1] : null,
      denominator: null,
    }),
  },
])

describe('published counts of the chain', () => {
  test.each(families)(
    '(%s) tell no small number, however they are subtracted',
    async (_, family) => {
      const trial = { office, place, months, questions: questions(), lengths: [1, 3, 12], ask }

      expect(await findSmallNumbers(trial, family)).toBeGreaterThan(20)
    },
    60_000,
  )
})

import { describe, expect, test } from 'vitest'
import type { NewDivisionChange } from '@youyu/shared/divisions'
import { planChange, type ChangePlan, type KnownDivision } from './rules.ts'

const division = (code: string, level: number, parentCode: string | null): KnownDivision => ({
  code,
  name: `第${code}`,
  level,
  parentCode,
  urbanRural: null,
  validFrom: '1900-01-01',
  validTo: null,
})
const known = [
  division('370000000000', 1, null),
  division('371100000000', 2, '370000000000'),
  division('371121000000', 3, '371100000000'),
  division('371121001000', 4, '371121000000'),
  division('371121001001', 5, '371121001000'),
  division('371121001201', 5, '371121001000'),
  division('371121100000', 4, '371121000000'),
  division('371121100201', 5, '371121100000'),
  division('371121100202', 5, '371121100000'),
]
const change = (
  kind: NewDivisionChange['kind'],
  from: string[],
  to: NewDivisionChange['to'],
): NewDivisionChange => ({
  kind,
  from,
  to,
  effectiveOn: '2026-01-01',
  sourceDocument: '鲁民〔2026〕1号',
})
const plan = (asked: NewDivisionChange) => planChange(asked, known, '2026-06-01') as ChangePlan

describe('a change of divisions', () => {
  test('recodes a whole subtree', () => {
    const { moves, opening } = plan(change('RECODE', ['371121001000'], [{ code: '371121002000' }]))

    expect(moves).toEqual([
      { from: '371121001000', to: '371121002000' },
      { from: '371121001001', to: '371121002001' },
      { from: '371121001201', to: '371121002201' },
    ])
    expect(opening.map(({ parentCode }) => parentCode)).toEqual([
      '371121000000',
      '371121002000',
      '371121002000',
    ])
  })

  test('gives a village the next free number of its kind where two townships merge', () => {
    const { moves, closing } = plan(
      change('MERGE', ['371121100000', '371121001000'], [{ code: '371121100000' }]),
    )

    expect(moves).toEqual([
      { from: '371121001000', to: '371121100000' },
      { from: '371121001001', to: '371121100001' },
      { from: '371121001201', to: '371121100200' },
    ])
    expect(closing.map(({ code }) => code)).not.toContain('371121100000')
  })

  test('keeps the records on the first part of a split', () => {
    const parts = [
      { code: '371121001001', populationShare: 0.6 },
      { code: '371121001002', name: '新村', populationShare: 0.4 },
    ]
    const { moves, successions, opening } = plan(change('SPLIT', ['371121001001'], parts))

    expect(moves).toEqual([])
    expect(opening.map(({ code, parentCode }) => [code, parentCode])).toEqual([
      ['371121001002', '371121001000'],
    ])
    expect(successions).toEqual([
      { from: '371121001001', to: '371121001001', share: 0.6 },
      { from: '371121001001', to: '371121001002', share: 0.4 },
    ])
  })

  test.each<[string, NewDivisionChange, string, string]>([
    [
      'a day to come',
      { ...change('ABOLISH', ['371121001001'], []), effectiveOn: '2026-07-01' },
      '/effectiveOn',
      'invalid-date',
    ],
    ['an unknown code', change('ABOLISH', ['371121009009'], []), '/from/0', 'division-not-current'],
    [
      'a code in use',
      change('RECODE', ['371121001001'], [{ code: '371121001201' }]),
      '/to/0/code',
      'code-taken',
    ],
    [
      'another level',
      change('RECODE', ['371121001001'], [{ code: '371121003000' }]),
      '/to/0/code',
      'invalid-value',
    ],
    [
      'no parent',
      change('CREATE', [], [{ code: '371122001000', name: '某镇' }]),
      '/to/0/code',
      'unknown-division',
    ],
    ['no name', change('CREATE', [], [{ code: '371121003000' }]), '/to/0/name', 'required'],
    [
      'a recode under another parent',
      change('RECODE', ['371121001001'], [{ code: '371121100001' }]),
      '/to/0/code',
      'invalid-value',
    ],
    [
      'a transfer under the same parent',
      change('TRANSFER', ['371121001001'], [{ code: '371121001009' }]),
      '/to/0/code',
      'invalid-value',
    ],
    [
      'one division to merge',
      change('MERGE', ['371121001001'], [{ code: '371121001201' }]),
      '/from',
      'invalid-value',
    ],
    [
      'shares that are not a whole',
      change(
        'SPLIT',
        ['371121001001'],
        [
          { code: '371121001001', populationShare: 0.6 },
          { code: '371121001002', name: '新村', populationShare: 0.6 },
        ],
      ),
      '/to/0/populationShare',
      'invalid-value',
    ],
  ])('is refused for %s', (_case, asked, pointer, code) => {
    const wrong = planChange(asked, known, '2026-06-01')

    expect(wrong).toEqual({ pointer, code })
  })
})

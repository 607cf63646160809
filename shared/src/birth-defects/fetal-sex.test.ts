import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { contracts } from '../contracts.ts'
import {
  CareText,
  GROUP_OF_CHROMOSOMES,
  keptKaryotype,
  NORMAL_KARYOTYPE,
  tellsFetalSex,
  withoutFetalSex,
  withoutSexInCode,
} from './fetal-sex.ts'

const tellings = [
  ...[
    '男胎',
    '女胎',
    '男 胎',
    '男-胎',
    '男\u200b胎',
    '男嬰',
    '女寶寶',
    '男娃',
    '双男胎',
    '龙凤胎',
    '龍鳳胎',
    '是男孩',
  ],
  ...[
    '不是男孩',
    '胎儿性别',
    '胎兒性別：男',
    '性 别 男',
    '胎儿为男',
    '胎儿：女',
    '胎儿，男',
    '胎儿（男）',
    '胎儿是男',
    '胎儿男性',
  ],
  ...[
    '宝宝是女的',
    '宝宝性别',
    'B超看是男的',
    '无创提示男',
    'NIPT 男',
    '怀的是儿子',
    '恭喜，是儿子',
    '怀了个女儿',
    '怀女',
    '生男生女',
  ],
  ...[
    '是男是女',
    '医生说是女儿',
    '肚里是个儿子',
    '宝宝是小公主',
    '胎儿可见阴茎',
    '扫到小鸡鸡',
    '第二胎是女孩',
    '男',
    '女性',
    '♂',
  ],
  ...[
    '46,XX',
    '46,XY',
    '４６，ＸＹ',
    '46 XY',
    '47,XXY',
    '45,X',
    '核型 46,XY[20]',
    'XY核型',
    '染色体XX',
    'SRY阳性',
    '检出Y染色体',
    'nan hai',
  ],
  ...[
    "it's a boy",
    'It’s a girl',
    'its a boy',
    'a baby girl',
    'male fetus',
    'female foetus',
    'the fetus (male)',
    'fetus: M male',
  ],
  ...[
    'fetal sex: male',
    'f e t a l  s e x',
    'b o y',
    'sex of the fetus told',
    'gender reveal',
    'the baby is male',
    'male',
  ],
  ...[
    'baby appears female',
    'twins: both male',
    'likely to be a son',
    'expecting a daughter',
    'SRY positive',
    'Y-chromosome detected',
  ],
  ...['XY', 'XY karyotype', 'Klinefelter'],
]

const innocent = [
  ...[
    '男方',
    '女方',
    '男方血型O型',
    '男科',
    '男方转男科就诊',
    '男方Y染色体微缺失',
    '男方核型46,XY,t(13;14)',
    '医生是男的',
  ],
  ...[
    '孕妇女性，28岁',
    '女性患者，孕12周',
    '孕妇为女性',
    '女，32岁，G2P1',
    '孕妇，女，28岁，单胎',
    '女性激素水平正常',
    '怀孕妇女',
  ],
  ...[
    '妇女胎膜早破',
    '孕妇女士胎心140次/分',
    '女职工产检假',
    '女儿陪同',
    '育有一女',
    '育有一儿一女',
    '联系人是女儿',
    '子女患病史',
  ],
  ...[
    '母亲O型',
    '母亲糖尿病',
    '母亲染色体核型46,XX',
    '胎儿子宫内生长受限',
    '双胎，女方Rh阴性',
    '胎位正常，女方乙肝',
    '胎儿心脏室间隔缺损',
  ],
  ...[
    'Turner综合征',
    '疑 Turner',
    '46,XN',
    '正常核型',
    'normal karyotype',
    '性染色体异常 Q96-Q99',
    'abnormality of sex chromosomes',
  ],
  ...[
    '13、18、21、X、Y探针',
    'X-linked',
    'XX医院转入',
    'male partner: O positive',
    'husband is male carrier',
    'maternal karyotype 46,XX',
  ],
  ...[
    'female infertility treated',
    'wife of a male carrier',
    'history of a previous son with PKU',
    'boyfriend',
    'girlfriend',
  ],
  ...[
    'she is expecting',
    'having contractions',
    'gender equality leaflet handed out',
    'NT 2.8 mm, 12+3周',
    '唐筛高风险 1/180',
    '误录',
  ],
  ...['已告知继续妊娠、诊断、终止等选择', 'The woman wishes to continue, with support'],
]

describe('what the fetus is', () => {
  test.each(tellings)('is told by “%s”', (text) => expect(tellsFetalSex(text)).toBe(true))

  test.each(innocent)('is not told by “%s”', (text) => expect(tellsFetalSex(text)).toBe(false))

  const sentence = fc.constantFrom(...innocent.filter((text) => !/^(46|X)/.test(text)))
  const mark = fc.constantFrom('。', '；', '\n', '. ', '; ', '！')
  const composed = fc.tuple(
    fc.array(fc.tuple(sentence, mark), { maxLength: 3 }),
    fc.constantFrom(...tellings),
    mark,
    fc.array(fc.tuple(sentence, mark), { maxLength: 3 }),
  )
  const joined = (pieces: [string, string][]) => pieces.map(([text, end]) => text + end).join('')

  test('survives in no composed text, and what else was written stays', () => {
    fc.assert(
      fc.property(composed, ([before, telling, end, after]) => {
        const written = joined(before) + telling + end + joined(after)

        const kept = withoutFetalSex(written)

        expect(CareText(2000).safeParse(written).success).toBe(false)
        expect(kept.stripped).toBe(true)
        expect(tellsFetalSex(kept.text)).toBe(false)
      }),
      { numRuns: 200 },
    )
  })

  test('is not seen where it is not: composed innocent sentences pass as they are', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(sentence, mark), { minLength: 1, maxLength: 5 }), (pieces) => {
        const written = joined(pieces)

        expect(withoutFetalSex(written)).toEqual({ text: written, stripped: false })
      }),
      { numRuns: 100 },
    )
  })

  test('is refused with a code that has its sentence in both languages', () => {
    const issue = CareText(100).safeParse('男胎').error?.issues[0]

    expect(issue).toMatchObject({ code: 'custom', params: { code: 'fetal-sex' } })
  })
})

describe('a karyotype', () => {
  test.each([
    ['46,XX', false, NORMAL_KARYOTYPE],
    ['46，XY', false, NORMAL_KARYOTYPE],
    ['46,XN', false, NORMAL_KARYOTYPE],
    ['46,XY[20]', false, NORMAL_KARYOTYPE],
    ['47,XY,+21', false, '47,+21'],
    ['47,XX,+18[15]/46,XX[5]', false, '47,+18'],
    ['46,XX,t(9;22)(q34;q11)', false, '46,t(9;22)(q34;q11)'],
    ['47,XXY', false, null],
    ['47,XXY', true, GROUP_OF_CHROMOSOMES],
    ['45,X', true, GROUP_OF_CHROMOSOMES],
    ['45,X[10]/46,XX[20]', true, GROUP_OF_CHROMOSOMES],
    ['46,X,inv(Y)', false, null],
    ['正常', false, '正常'],
    ['女胎，核型正常', false, '核型正常'],
  ])('%s (group may be told: %s) is kept as %s', (written, mayTell, kept) => {
    expect(keptKaryotype(written, mayTell)).toBe(kept)
    if (kept) expect(tellsFetalSex(kept)).toBe(false)
  })

  test('is kept without what tells the fetus, whatever else it says', () => {
    const change = fc.constantFrom('', ',+21', ',+18', ',t(9;22)(q34;q11)', ',del(5)(p15)', '[30]')
    fc.assert(
      fc.property(
        fc.constantFrom(45, 46, 47, 48),
        fc.constantFrom('XX', 'XY', 'X', 'XXY', 'XYY'),
        change,
        fc.boolean(),
        (count, pair, rest, mayTell) => {
          const kept = keptKaryotype(`${count},${pair}${rest}`, mayTell)

          expect(kept === null || !tellsFetalSex(kept)).toBe(true)
        },
      ),
    )
  })
})

test.each([
  ['Q90.9', 'Q90.9'],
  ['Q98.0', 'Q96-Q99'],
  ['Q96.9', 'Q96-Q99'],
  ['Q99.2', 'Q99.2'],
  ['Q54.1', 'Q50-Q56'],
  ['Q21.0', 'Q21.0'],
])('the code %s is kept before birth as %s', (code, kept) => expect(withoutSexInCode(code)).toBe(kept))

/** The names of all fields of a schema, at any depth. */
function fieldsOf(schema: unknown, seen = new Set<unknown>()): string[] {
  if (typeof schema !== 'object' || schema === null || seen.has(schema)) return []
  seen.add(schema)
  const shape = schema instanceof z.ZodObject ? schema.shape : {}
  const def = 'def' in schema ? (schema as { def: Record<string, unknown> }).def : {}
  const parts = Object.values(def).flatMap((part) => (Array.isArray(part) ? part : [part]))
  return [
    ...Object.keys(shape),
    ...[...Object.values(shape), ...parts].flatMap((part) => fieldsOf(part, seen)),
  ]
}

/** A woman's own sex, in her register entry; a child's, who is born. */
const ofTheBorn =
  /^(persons|households|births|exports|imports|events|parentage|clients|child-follow-up|defect-|overview|indicators)/

test('no contract has a field for the sex of a fetus', () => {
  const beforeBirth =
    /prenatal|pregnan|antenatal|screen-positive|medical-termination|torch|preconception|premarital|folic|couple|care-plan|referral|chain|fhir/
  const asked = Object.values(contracts).filter(
    ({ url, schema }) => beforeBirth.test(url) && !ofTheBorn.test(schema.tags[0] ?? ''),
  )
  const named = asked.flatMap(({ method, url, schema }) =>
    [schema.body, ...Object.values(schema.response)]
      .flatMap((part) => fieldsOf(part))
      .filter((field) => /sex|gender/i.test(field))
      .map((field) => `${method} ${url} ${field}`),
  )

  expect(asked.length).toBeGreaterThan(30)
  expect(named).toEqual([])
})

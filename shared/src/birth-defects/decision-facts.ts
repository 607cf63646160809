import { z } from 'zod'
import { codesOf } from '../code-tables.ts'
import { conceptions, urineProteins } from '../population/value-sets.ts'

type Words = readonly [string, string]

/** What rules of antenatal care may ask of: unit, and for how many days an answer holds after it was taken (null: the whole pregnancy). */
const numbers = {
  gestationDays: ['孕周（天）', 'Gestation in days', 'd', 0],
  age: ['年龄', 'Age', '', 0],
  ageAtTerm: ['预产期年龄', 'Age at the expected day', '', 0],
  parity: ['产次', 'Births before', '', null],
  gravida: ['孕次', 'Pregnancies', '', null],
  plurality: ['胎数', 'Plurality', '', null],
  heightCentimetres: ['身高', 'Height', 'cm', null],
  weightBeforeKilograms: ['孕前体重', 'Weight before pregnancy', 'kg', null],
  bmi: ['孕前体质指数', 'Body-mass index before pregnancy', 'kg/m²', null],
  caesareans: ['剖宫产次数', 'Caesareans before', '', null],
  losses: ['自然流产次数', 'Miscarriages before', '', null],
  abortions: ['人工流产次数', 'Abortions before', '', null],
  allLosses: ['各类流产次数', 'Miscarriages and abortions before', '', null],
  systolic: ['收缩压', 'Systolic pressure', 'mmHg', 0],
  diastolic: ['舒张压', 'Diastolic pressure', 'mmHg', 0],
  weightKilograms: ['体重', 'Weight', 'kg', 0],
  fundalHeightCentimetres: ['宫高', 'Fundal height', 'cm', 0],
  fetalHeartRate: ['胎心率', 'Fetal heart rate', '/min', 0],
  temperature: ['体温', 'Temperature', '°C', 0],
  pulse: ['脉搏', 'Pulse', '/min', 0],
  oxygenSaturation: ['血氧饱和度', 'Oxygen saturation', '%', 0],
  haemoglobin: ['血红蛋白', 'Haemoglobin', 'g/L', 42],
  platelets: ['血小板', 'Platelets', '10⁹/L', 42],
  alanineAminotransferase: ['谷丙转氨酶', 'ALT', 'U/L', 42],
  bileAcid: ['总胆汁酸', 'Total bile acid', 'µmol/L', 42],
  creatinine: ['肌酐', 'Creatinine', 'µmol/L', 42],
  thyrotropin: ['促甲状腺素', 'TSH', 'mIU/L', 42],
  fastingGlucose: ['空腹血糖', 'Fasting glucose', 'mmol/L', 42],
  ogttFasting: ['糖耐量空腹', 'OGTT, fasting', 'mmol/L', null],
  ogttOneHour: ['糖耐量1小时', 'OGTT, 1 hour', 'mmol/L', null],
  ogttTwoHours: ['糖耐量2小时', 'OGTT, 2 hours', 'mmol/L', null],
  daysAfterBirth: ['产后天数', 'Days after birth', 'd', 0],
  depressionScore: ['爱丁堡产后抑郁量表得分', 'Edinburgh depression score', '', 0],
} as const satisfies Record<string, readonly [string, string, string, number | null]>

export type NumberFact = keyof typeof numbers
export const numberFacts = numbers as Record<NumberFact, readonly [string, string, string, number | null]>

const outcome = { NEGATIVE: ['阴性', 'Negative'], POSITIVE: ['阳性', 'Positive'] } as const
const codes = {
  urineProtein: { words: ['尿蛋白', 'Urine protein'], holds: 0, values: urineProteins },
  urineNitrite: { words: ['尿亚硝酸盐', 'Urine nitrite'], holds: 0, values: outcome },
  urineCulture: { words: ['尿培养', 'Urine culture'], holds: 0, values: outcome },
  syphilis: { words: ['梅毒螺旋体抗体', 'Syphilis antibody'], holds: null, values: outcome },
  hiv: {
    words: ['HIV抗体', 'HIV antibody'],
    holds: null,
    values: { ...outcome, PENDING: ['待确证', 'To be confirmed'] },
  },
  hepatitisB: { words: ['乙肝表面抗原', 'HBsAg'], holds: null, values: outcome },
  hepatitisBe: { words: ['乙肝e抗原', 'HBeAg'], holds: null, values: outcome },
  rhesus: { words: ['Rh血型', 'Rh group'], holds: null, values: outcome },
  conception: { words: ['受孕方式', 'Conception'], holds: null, values: conceptions },
} as const satisfies Record<string, { words: Words; holds: number | null; values: Record<string, Words> }>
export type CodeFact = keyof typeof codes
export const codeFacts = codes as Record<
  CodeFact,
  { words: Words; holds: number | null; values: Record<string, Words> }
>

export const NumberFact = z.enum(Object.keys(numbers) as [NumberFact, ...NumberFact[]])
export const CodeFact = z.enum(Object.keys(codes) as [CodeFact, ...CodeFact[]])
export type Fact = NumberFact | CodeFact

/** Symptoms and signs that a contact may find, by themselves or as a danger sign of the rules. */
export const signNames = {
  BLEEDING: ['阴道流血', 'Vaginal bleeding'],
  HEADACHE: ['剧烈头痛', 'Severe headache'],
  VISION: ['视物模糊', 'Blurred vision'],
  CONVULSION: ['抽搐或昏迷', 'Convulsion or unconscious'],
  EPIGASTRIC_PAIN: ['上腹部疼痛', 'Pain of the upper abdomen'],
  ABDOMINAL_PAIN: ['剧烈腹痛', 'Severe abdominal pain'],
  CONTRACTIONS: ['规律宫缩', 'Regular contractions'],
  WATERS: ['阴道流液（胎膜早破）', 'Leaking of fluid'],
  FEWER_MOVEMENTS: ['胎动减少或消失', 'Fetal movements fewer or gone'],
  NO_FETAL_HEART: ['听不到胎心', 'No fetal heart sounds'],
  FEVER: ['发热', 'Fever'],
  BREATHLESS: ['呼吸困难', 'Short of breath'],
  CHEST_PAIN: ['胸痛、心悸', 'Chest pain or palpitations'],
  OEDEMA: ['面部或全身水肿', 'Swelling of face or body'],
  LEG_SWOLLEN: ['单侧下肢肿痛', 'One leg swollen and painful'],
  VOMITING: ['持续呕吐不能进食', 'Vomiting, cannot eat'],
  ITCHING: ['全身瘙痒', 'Itching all over'],
  JAUNDICE: ['黄疸', 'Jaundice'],
  DYSURIA: ['尿频、尿急、尿痛', 'Pain on passing urine'],
  DISCHARGE: ['分泌物异常', 'Abnormal discharge'],
  COUGH: ['咳嗽超过两周', 'Cough for over two weeks'],
  PALLOR: ['面色苍白', 'Pallor'],
  LOW_MOOD: ['情绪低落、兴趣减退', 'Low mood'],
  SELF_HARM: ['有自伤想法', 'Thoughts of self-harm'],
  VIOLENCE: ['遭受暴力', 'Suffers violence'],
  LOCHIA: ['恶露异味或过多', 'Lochia foul or heavy'],
  WOUND: ['伤口红肿、渗液', 'Wound red or weeping'],
  BREAST: ['乳房红肿热痛', 'Breast red and painful'],
} as const satisfies Record<string, Words>
export const Sign = codesOf(signNames)
export type Sign = z.infer<typeof Sign>

const Code = z.string().regex(/^[A-Z][A-Z0-9_]{0,39}$/)

/**
 * One test of a rule. A number lies between bounds, `least` and `most` with the bound, `above` and `below` without it; a code
 * is one of the given; signs and items are present when any of the given is. A fact that is not known passes no test but
 * `missing`.
 */
export const RuleTest = z.union([
  z.strictObject({
    fact: NumberFact,
    least: z.number().optional(),
    above: z.number().optional(),
    below: z.number().optional(),
    most: z.number().optional(),
  }),
  z.strictObject({ fact: CodeFact, oneOf: z.array(z.string().max(20)).min(1).max(10) }),
  z.strictObject({ signs: z.array(Sign).min(1).max(20), absent: z.boolean().optional() }),
  z.strictObject({ items: z.array(Code).min(1).max(20), absent: z.boolean().optional() }),
  z.strictObject({
    missing: z
      .array(z.union([NumberFact, CodeFact]))
      .min(1)
      .max(10),
  }),
])
export type RuleTest = z.infer<typeof RuleTest>

/** Any of these holds when all of its tests hold; none at all is never by itself. */
export const RuleCondition = z.array(z.array(RuleTest).min(1).max(8)).max(8)
export type RuleCondition = z.infer<typeof RuleCondition>

/** What is known of a woman on the day of a contact. */
export type KnownFacts = {
  values: Partial<Record<Fact, number | string>>
  signs: readonly string[]
  /** Risk items that were ticked. */
  items: readonly string[]
}

type Bounds = Partial<Record<'least' | 'above' | 'below' | 'most', number | undefined>>

/** In whole thousandths, so that 5.1 is 5.1. */
const exact = (value: number): number => Math.round(value * 1000)

export function testHolds(test: RuleTest, { values, signs, items }: KnownFacts): boolean {
  if ('signs' in test) return test.signs.some((sign) => signs.includes(sign)) !== (test.absent ?? false)
  if ('items' in test) return test.items.some((item) => items.includes(item)) !== (test.absent ?? false)
  if ('missing' in test) return test.missing.every((fact) => values[fact] === undefined)
  const value = values[test.fact]
  if ('oneOf' in test) return typeof value === 'string' && test.oneOf.includes(value)
  return typeof value === 'number' && isWithin(exact(value), test)
}

function isWithin(value: number, { least, above, below, most }: Bounds): boolean {
  return (
    (least === undefined || value >= exact(least)) &&
    (above === undefined || value > exact(above)) &&
    (below === undefined || value < exact(below)) &&
    (most === undefined || value <= exact(most))
  )
}

export function conditionHolds(condition: RuleCondition, known: KnownFacts): boolean {
  return condition.some((tests) => tests.every((test) => testHolds(test, known)))
}

/** Facts that a condition asks of and that are known: what a reason shows. */
export function factsOf(
  condition: RuleCondition,
  known: KnownFacts,
): { fact: Fact; value: number | string }[] {
  const names = condition
    .filter((tests) => tests.every((test) => testHolds(test, known)))
    .flatMap((tests) => tests.flatMap((test) => ('fact' in test ? [test.fact] : [])))
  return [...new Set(names)].flatMap((fact) => {
    const value = known.values[fact]
    return value === undefined ? [] : [{ fact, value }]
  })
}

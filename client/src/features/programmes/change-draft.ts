import { factCatalogue, isListFact, type FactName } from '@youyu/shared/subsidies/facts'
import type { ChangeKind, ChangePayload } from '@youyu/shared/subsidies/programme-changes'
import type { GoldenCase, ProgrammeDetail, ProgrammeTerms } from '@youyu/shared/subsidies/programmes'

export const changeKinds = [
  'TERMS',
  'RATES',
  'SHARES',
  'STACKING',
  'PROGRAMME',
] as const satisfies ChangeKind[]

const copy = <Value>(value: Value): Value => JSON.parse(JSON.stringify(value)) as Value

/** Where a programme has no version yet: something to begin with. */
const blankTerms: ProgrammeTerms = {
  subject: 'PERSON',
  payee: 'PERSON',
  payTo: 'SUBJECT',
  manner: 'MONTHLY',
  steps: [
    { step: 'TOWN_REVIEW', workingDays: 10 },
    { step: 'COUNTY_CONFIRM', workingDays: 10 },
  ],
  acceptDays: 1,
  overallDays: null,
  appealDays: 60,
  reconsiderationDays: 30,
  notice: { villageDays: 0, townDays: 0, profile: 'NONE' },
  window: null,
  claimEachYear: false,
  paymentPeriod: 'ANNUAL',
  payDay: null,
  rule: {
    and: [
      {
        fact: 'hukou_division',
        prefix: '$county',
        reason: { zh: '户籍须在本县', en: 'Hukou in this county' },
      },
    ],
  },
  level: null,
  start: { ground: 'MONTH_AFTER_CONFIRMATION', notBefore: null, ageYears: null },
  stop: ['DEATH', 'MOVED_OUT'],
  transitions: [],
  proration: null,
  evidence: [{ type: 'ID_CARD', required: true, fact: null }],
  verification: null,
  flags: { taxFree: true, countsAsIncome: false, capDaysPerYear: null, capDaysPerStay: null, once: null },
}

/** What stands now, as the beginning of a change. */
export function draftOf(kind: ChangeKind, programme: ProgrammeDetail): ChangePayload {
  const { version, rates, shareSets, stacking, nameZh, nameEn, noteZh, noteEn, scope, status } = programme
  switch (kind) {
    case 'TERMS':
      return { kind, terms: copy(version?.terms ?? blankTerms), golden: copy(version?.golden ?? []) }
    case 'RATES':
      return { kind, rates: rates.map(({ id: _, ...rate }) => rate) }
    case 'SHARES':
      return { kind, shareSets: copy(shareSets) }
    case 'STACKING':
      return { kind, stacking: stacking.map(({ id: _, isStandard: __, ...row }) => row) }
    case 'PROGRAMME':
      return {
        ...{ kind, nameZh, nameEn, noteZh, noteEn, scope, status },
        legalBasis: copy(programme.legalBasis),
        levels: copy(programme.levels),
      }
  }
}

/** Places of the fields that are wrong, by path with dots: `payload.terms.rule.and.0` → `and/0` for the rule. */
export function ruleFaultsIn(errors: Readonly<Record<string, string>>): Record<string, string> {
  const prefix = 'payload.terms.rule'
  return Object.fromEntries(
    Object.entries(errors)
      .filter(([path]) => path === prefix || path.startsWith(`${prefix}.`))
      .map(([path, code]) => [path.slice(prefix.length + 1).replaceAll('.', '/'), code]),
  )
}

/** What a golden case says of a fact, as text in a field. */
export function factTyped(fact: FactName, typed: string): GoldenCase['facts'][FactName] {
  const { type } = factCatalogue[fact]
  const one = (word: string) => (type.startsWith('integer') && /^-?\d+$/.test(word) ? Number(word) : word)
  if (isListFact(fact))
    return typed === ''
      ? []
      : typed
          .split(/[\s,，、;；]+/)
          .filter(Boolean)
          .map(one)
  if (typed === '') return null
  return type === 'boolean' ? typed === 'true' : one(typed)
}

export function factShown(value: GoldenCase['facts'][FactName]): string {
  if (value === null || value === undefined) return ''
  return Array.isArray(value) ? value.join(', ') : String(value)
}

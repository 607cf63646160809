import { evaluate, levelFor } from '@youyu/shared/subsidies/evaluation'
import type { Facts } from '@youyu/shared/subsidies/facts'
import type { ChangePayload, GoldenResult } from '@youyu/shared/subsidies/programme-changes'
import {
  StepName,
  type GoldenCase,
  type ProgrammeTerms,
  type RateInput,
  type ShareSet,
} from '@youyu/shared/subsidies/programmes'
import type { CivilDate } from '@youyu/shared/values'
import type { WrongField } from '../../../refused.ts'

/** How golden cases come out under these terms. */
export function goldenResults(
  { rule, level }: Pick<ProgrammeTerms, 'rule' | 'level'>,
  golden: readonly GoldenCase[],
  frame: { county: string; today: CivilDate },
): GoldenResult[] {
  return golden.map((one) => {
    const facts = one.facts as Facts
    const { met } = evaluate(rule, facts, frame)
    const found = met ? levelFor(level, facts, frame) : null
    const passed = met === one.met && (!met || found === (one.level ?? ''))
    return { name: one.name, passed, met, level: found, expectedMet: one.met, expectedLevel: one.level }
  })
}

type At = (pointer: string, code: WrongField['code']) => void

/** Every payment is confirmed by the county; a notice has days and a profile; a child is never put on notice. */
function termsFaults(terms: ProgrammeTerms, golden: readonly GoldenCase[], at: At): void {
  const names = terms.steps.map(({ step }) => step)
  const inOrder = StepName.options.filter((step) => names.includes(step))
  if (names.join() !== inOrder.join()) at('/terms/steps', 'invalid-value')
  if (terms.manner !== 'LEDGER' && !names.includes('COUNTY_CONFIRM')) at('/terms/steps', 'invalid-value')
  const { villageDays, townDays, profile } = terms.notice
  const hasNotice = names.includes('VILLAGE_NOTICE') || names.includes('TOWN_NOTICE')
  if (hasNotice && profile === 'NONE') at('/terms/notice/profile', 'invalid-value')
  if (names.includes('VILLAGE_NOTICE') && villageDays === 0) at('/terms/notice/villageDays', 'invalid-value')
  if (names.includes('TOWN_NOTICE') && townDays === 0) at('/terms/notice/townDays', 'invalid-value')
  if (terms.subject === 'CHILD' && profile !== 'NONE') at('/terms/notice/profile', 'invalid-value')
  if (terms.subject === 'CHILD' && terms.payTo !== 'GUARDIAN') at('/terms/payTo', 'invalid-value')
  if (!golden.some(({ met }) => met) || golden.every(({ met }) => met)) at('/golden', 'invalid-value')
}

function rateFaults(rates: readonly RateInput[], at: At): void {
  rates.forEach((rate, index) => {
    if (rate.to !== null && rate.to < rate.from) at(`/rates/${index}/to`, 'invalid-date')
    const overlaps = rates.some(
      (other, place) =>
        place < index &&
        other.level === rate.level &&
        other.from <= (rate.to ?? '9999-12-31') &&
        rate.from <= (other.to ?? '9999-12-31'),
    )
    if (overlaps) at(`/rates/${index}/from`, 'rates-overlap')
  })
}

function shareFaults(sets: readonly ShareSet[], at: At): void {
  sets.forEach(({ from, shares }, index) => {
    const thousandths = shares.reduce((sum, { pct }) => sum + Math.round(pct * 1000), 0)
    const tiers = new Set(shares.map(({ tier }) => tier))
    if (thousandths !== 100_000 || tiers.size < shares.length)
      at(`/shareSets/${index}/shares`, 'shares-not-whole')
    if (sets.findIndex((other) => other.from === from) < index)
      at(`/shareSets/${index}/from`, 'invalid-value')
  })
}

/** What is wrong with a change before anybody is asked to decide on it. Only rates reach back. */
export function changeFaults(payload: ChangePayload, effectiveOn: CivilDate, today: CivilDate): WrongField[] {
  const faults: WrongField[] = []
  const at: At = (pointer, code) => faults.push({ pointer: `/payload${pointer}`, code })
  if (payload.kind !== 'RATES' && effectiveOn < today)
    faults.push({ pointer: '/effectiveOn', code: 'invalid-date' })
  if (payload.kind === 'TERMS') termsFaults(payload.terms, payload.golden, at)
  if (payload.kind === 'RATES') rateFaults(payload.rates, at)
  if (payload.kind === 'SHARES') shareFaults(payload.shareSets, at)
  if (payload.kind === 'STACKING') {
    const keys = payload.stacking.map(({ first, firstLevel, second, secondLevel }) =>
      [first, firstLevel, second, secondLevel].join('|'),
    )
    keys.forEach((key, index) => {
      if (keys.indexOf(key) < index) at(`/stacking/${index}`, 'invalid-value')
    })
  }
  return faults
}

import { computed, type ComputedRef } from 'vue'
import type { AntenatalCare } from '@youyu/shared/birth-defects/antenatal-care'
import type { ContactValues } from '@youyu/shared/birth-defects/contact-values'
import { getDecisionTableInForce } from '@youyu/shared/birth-defects/decision-support'
import { judged, type Judged } from '@youyu/shared/birth-defects/risk'
import { factsOn } from '@youyu/shared/birth-defects/risk-facts'
import { useRead } from '../../api/queries.ts'
import { filledValues } from './contact-values.ts'

type Typed = { occurredOn: string; values: Record<string, unknown>; signs: string[]; items: string[] }

/** The rules in the form itself: colour, reasons and advice as one types, by the same functions that the server judges with. */
export function useContactRoom(care: ComputedRef<AntenatalCare | undefined>, typed: () => Typed) {
  const on = computed(() => typed().occurredOn || undefined)
  const risk = useRead(getDecisionTableInForce, () => ({
    querystring: { kind: 'RISK' as const, on: on.value },
  }))
  const advice = useRead(getDecisionTableInForce, () => ({
    querystring: { kind: 'ADVICE' as const, on: on.value },
  }))
  const items = computed(() => risk.data.value?.rows ?? [])

  const judgement = computed<Judged | null>(() => {
    const told = care.value
    const rows = advice.data.value?.rows
    if (!told || !rows || items.value.length === 0 || !on.value) return null
    const { signs, items: ticked, values } = typed()
    const { expectedOn, woman } = told.pregnancy
    const pregnant = {
      ...{ birthDate: woman.birthDate, expectedOn, parityBefore: null, gravida: null },
      ...{ plurality: null, conception: 'NATURAL' },
    }
    const asked = factsOn(pregnant, told.known, numbersIn(filledValues(values)), on.value)
    return judged(items.value, rows, { values: asked, signs, items: ticked })
  })
  return { items, judgement, isReady: computed(() => judgement.value !== null) }
}

/** What is half typed is not yet a number. */
function numbersIn(values: ContactValues): ContactValues {
  const coded = new Set([
    'conception',
    'urineProtein',
    'urineNitrite',
    'urineCulture',
    'syphilis',
    'hiv',
    'hepatitisB',
    'hepatitisBe',
    'rhesus',
  ])
  return Object.fromEntries(
    Object.entries(values).filter(([name, value]) => coded.has(name) || Number.isFinite(value)),
  )
}

import { screen } from '@testing-library/vue'
import { describe, expect, test } from 'vitest'
import { CardContent, missingToSubmit } from '@youyu/shared/birth-defects/defect-card'
import { cardFieldNames } from '@youyu/shared/birth-defects/defect-card-names'
import { cardFields } from '@youyu/shared/birth-defects/defect-card'
import { categoryOf } from '@youyu/shared/birth-defects/defect-categories'
import { answer, renderApp } from '../../ui/testing.ts'
import { cardSections } from './card-fields.ts'
import { cardSchema, contentIn, contentSoFar, emptyCard, valuesOf } from './card-values.ts'
import CardPaper from './CardPaper.vue'
import { defectCodes } from './icd10.ts'
import { lastQuarters } from './quarters.ts'

const blank = emptyCard('371121001001', '2026-11-20')
function filled(): CardContent {
  const card = structuredClone(blank)
  Object.assign(card.mother, {
    name: '试母',
    birthDate: '1996-05-06',
    residenceKind: 'RURAL',
    gravida: 2,
    para: 1,
  })
  Object.assign(card.child, { bornOn: '2026-11-19', outcome: 'LIVE', gestationDays: 275, weightGrams: 3100 })
  Object.assign(card.child, { plurality: 1, isInduced: false, sex: '1' })
  card.diagnosis.basis = ['CLINICAL']
  card.diagnosis.when = 'WITHIN_7D'
  card.diagnosis.items = [{ icd10: 'Q66.0', laterality: 'L', description: null }]
  card.family.hasHistory = false
  return card
}

describe('the form of a card', () => {
  test('gives back what it was filled with', () => {
    const card = filled()

    expect(CardContent.parse(contentIn(valuesOf(card)))).toEqual(card)
    expect(cardSchema.safeParse(valuesOf(card)).success).toBe(true)
    expect(missingToSubmit(card)).toEqual([])
  })

  test('reads weeks and days, and names the field where they cannot be', () => {
    const values = valuesOf(filled())
    const child = values['child'] as Record<string, unknown>

    child['gestationDays'] = { weeks: '28', days: '0' }
    const right = cardSchema.safeParse(values)
    child['gestationDays'] = { weeks: '28', days: '9' }
    const wrong = cardSchema.safeParse(values)

    expect(right.success && right.data.child.gestationDays).toBe(196)
    expect(wrong.success).toBe(false)
    expect(contentSoFar(values, blank).child).toMatchObject({ gestationDays: null, weightGrams: 3100 })
  })

  test('refuses what two fields deny together, at its field', () => {
    const values = valuesOf(filled())
    ;(values['mother'] as Record<string, unknown>)['para'] = '3'

    const result = cardSchema.safeParse(values)

    expect(result.success ? [] : result.error.issues.map(({ path }) => path.join('.'))).toEqual([
      'mother.para',
    ])
  })

  test('shows every field that a reviewer may return, with its name', () => {
    const shown = cardSections.flatMap(({ fields }) => fields.map(({ path }) => path))

    for (const path of cardFields) {
      expect(cardFieldNames[path], path).toBeDefined()
      if (!path.startsWith('diagnosis.items.')) expect(shown).toContain(path)
    }
  })

  test('offers only codes that belong to a category', () => {
    for (const code of Object.keys(defectCodes)) expect(categoryOf(code), code).not.toBeNull()
  })
})

describe('the paper', () => {
  test('shows the card in its order, and marks what was returned', async () => {
    answer({ 'GET /api/v1/divisions/371121001001': { path: [{ code: '371121001001', name: '洪凝社区' }] } })

    await renderApp(CardPaper, { props: { content: filled(), returned: ['child.weightGrams'] } })

    expect(screen.getByText('14 马蹄内翻足')).toBeTruthy()
    expect(screen.getByText('39 周 2 天')).toBeTruthy()
    expect(screen.getAllByText('退回')).toHaveLength(1)
    expect(await screen.findByText('洪凝社区')).toBeTruthy()
  })
})

test('the quarters are those of the reporting year', () => {
  expect(lastQuarters('2026-11-22').slice(0, 2)).toEqual([
    { value: '2027Q1', label: '2027Q1（2026-10 – 2026-12）' },
    { value: '2026Q4', label: '2026Q4（2026-07 – 2026-09）' },
  ])
})

import { NewDivisionChange } from '@youyu/shared/divisions'
import { describe, expect, it } from 'vitest'
import { blankTarget, bodyOf, changeShapes, fitted } from './change-shape.ts'

const given = { effectiveOn: '2026-11-01', sourceDocument: '鲁政字〔2026〕1 号' }

describe('a change of divisions', () => {
  it('asks for as many old and new divisions as its kind takes', () => {
    expect(fitted('MERGE', ['371121002201'], []).from).toHaveLength(2)
    expect(fitted('SPLIT', ['371121002201', '371121002202'], [])).toMatchObject({
      from: ['371121002201'],
      to: [{}, {}],
    })
    expect(fitted('ABOLISH', ['371121002201'], [blankTarget]).to).toEqual([])
    expect(fitted('CREATE', ['371121002201'], []).from).toEqual([])
  })

  it('keeps the code when only the name changes', () => {
    const body = bodyOf({
      ...given,
      kind: 'RENAME',
      from: ['371121002201'],
      to: [{ ...blankTarget, name: '西庄新村' }],
    })

    expect(body.to).toEqual([{ code: '371121002201', name: '西庄新村' }])
    expect(NewDivisionChange.safeParse(body).success).toBe(true)
  })

  it('sends shares as fractions', () => {
    const to = [{ ...blankTarget, code: '371121002203', name: '东庄', populationShare: '40' }]

    expect(bodyOf({ ...given, kind: 'SPLIT', from: ['371121002201'], to }).to[0]?.populationShare).toBe(0.4)
  })

  it('forgets shares that the new kind does not ask for', () => {
    const { to } = fitted('TRANSFER', ['371121002201'], [{ ...blankTarget, populationShare: '40' }])

    expect(changeShapes.TRANSFER.share).toBe(false)
    expect(to[0]?.populationShare).toBe('')
  })
})

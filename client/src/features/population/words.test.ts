import { describe, expect, it } from 'vitest'
import { loadTexts } from '../../texts/texts.ts'
import { findingName, valueName } from './words.ts'

describe('a value of a preview in words', () => {
  it.each([
    ['sex', '2', '女'],
    ['birth', '2026-08-30 LIVE', '2026-08-30 活产'],
    ['episode', '小西岭村 2026-08-30 – … (1)', '小西岭村 2026-08-30 – … (户籍且常住)'],
    ['weightGrams', '3150', '3150'],
  ])('of %s: %s', (field, value, words) => {
    expect(valueName(field, value)).toBe(words)
  })
})

describe('a finding in words', () => {
  it('is a sentence, the late one too', async () => {
    await loadTexts()

    expect(findingName('LATE')).toBe('发生三十天以后才登记（迟报）')
    expect(findingName('Q9')).toContain('Q9')
  })
})

import { describe, expect, test } from 'vitest'
import { partnersOf, stackingOf, type Held, type Restriction } from './rules-stacking.ts'

/** The table of domain §5, what it restricts. */
const table: Restriction[] = [
  ['P02', 'A_DEATH', 'P02', 'B_DISABILITY', 'XOR_PER_CHILD'],
  ['P03', '', 'P02', 'A_DEATH', 'STOP_FIRST'],
  ['P06', '', 'P02', 'A_DEATH', 'REQUIRE'],
  ['P06', '', 'P02', 'B_DISABILITY', 'REQUIRE'],
  ...['C1', 'C2', 'C3'].map((level) => ['P02', level, 'P07', '', 'DENY'] as const),
  ['P03', '', 'P07', '', 'DENY'],
].map(([first, firstLevel, second, secondLevel, verdict]) => ({
  ...{ first: first, firstLevel: firstLevel, second: second, secondLevel: secondLevel },
  verdict: verdict as Restriction['verdict'],
}))
const benefit = (text: string) => {
  const [programme, level = ''] = text.split('/')
  return { programme: programme!, level }
}
/** `P02/C1` hers · `~P02/C1` the other parent’s · `?P02/C1` applied for. */
const held = (text: string): Held => ({
  ...benefit(text.replace(/^[~?]+/, '')),
  ...{ isOwn: !text.includes('~'), stands: !text.includes('?') },
})

describe('the stacking table', () => {
  test.each([
    ['P01', [], []],
    ['P01', ['P02/A_DEATH', 'P03'], []],
    ['P02/A_DEATH', ['P01'], []],
    ['P02/A_DEATH', ['~P02/B_DISABILITY'], ['STACKING P02']],
    ['P02/B_DISABILITY', ['~P02/A_DEATH'], ['STACKING P02']],
    ['P02/A_DEATH', ['~P02/A_DEATH'], []],
    ['P02/A_DEATH', ['~?P02/B_DISABILITY'], ['STACKING_ASKED P02']],
    ['P02/A_DEATH', ['P02/B_DISABILITY'], []],
    ['P02/C1', ['~P02/B_DISABILITY'], []],
    ['P02/A_DEATH', ['P03'], ['STACKING_ENDS P03']],
    ['P02/A_DEATH', ['?P03'], []],
    ['P02/A_DEATH', ['~P03'], []],
    ['P02/B_DISABILITY', ['P03'], []],
    ['P03', ['P02/A_DEATH'], ['STACKING P02']],
    ['P03', ['?P02/A_DEATH'], ['STACKING_ASKED P02']],
    ['P03', ['P02/B_DISABILITY'], []],
    ['P06', [], ['STACKING_NEEDED P02']],
    ['P06', ['P02/C1'], ['STACKING_NEEDED P02']],
    ['P06', ['?P02/A_DEATH'], ['STACKING_NEEDED P02']],
    ['P06', ['P02/B_DISABILITY'], []],
    ['P06', ['~P02/A_DEATH'], []],
    ['P02/A_DEATH', ['P06'], []],
    ['P07/DEATH', ['P02/C2'], ['STACKING P02']],
    ['P07/DEATH', ['P02/A_DEATH'], []],
    ['P07/DEATH', ['~P02/C2'], []],
    ['P07/DEATH', ['P02/C2', 'P03'], ['STACKING P02', 'STACKING P03']],
    ['P07/DEATH', ['?P03'], ['STACKING_ASKED P03']],
    ['P02/C3', ['P07/DEATH'], ['STACKING P07']],
    ['P03', ['P07/DISABILITY'], ['STACKING P07']],
    ['P04', ['P03', 'P07'], []],
  ])('says of %s beside %j: %j', (own, others, expected) => {
    const found = stackingOf(benefit(own), others.map(held), table)

    expect(found.map(({ kind, programme }) => `${kind} ${programme}`).sort()).toEqual(expected)
  })

  test('names the other programmes that have to be looked at', () => {
    expect(partnersOf('P03', table).sort()).toEqual(['P02', 'P07'])
    expect(partnersOf('P02', table).sort()).toEqual(['P02', 'P03', 'P06', 'P07'])
    expect(partnersOf('P04', table)).toEqual([])
  })
})

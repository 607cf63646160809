import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import {
  after,
  ApplicationEvent,
  ApplicationStep,
  decidingSteps,
  isNotice,
  mayDecide,
  type ApplicationPosition,
  type Hands,
} from './application-states.ts'

const all = ApplicationStep.options
const plans = fc.subarray([...all], { minLength: 1 }).filter((steps) => steps.some((step) => !isNotice(step)))
/** Mostly onwards, so that many walks arrive. */
const events = fc.oneof(
  { weight: 5, arbitrary: fc.constantFrom('SUBMIT', 'ACCEPT', 'PASS', 'REVERSE') },
  {
    weight: 1,
    arbitrary: fc.constantFrom(...ApplicationEvent.options.filter((event) => event !== 'WITHDRAW')),
  },
)
const nobody: Hands = { filedBy: null, townBy: null, countyBy: null, cityBy: null, rejectedBy: null }
const handOf = { TOWN_REVIEW: 'townBy', COUNTY_CONFIRM: 'countyBy', CITY_APPROVE: 'cityBy' } as const

describe('an application', () => {
  test.each([
    ['from the draft to the office', 'DRAFT', [], 'SUBMIT', 'SUBMITTED'],
    ['accepted: the first step', 'SUBMITTED', [], 'ACCEPT', 'VILLAGE_OPINION'],
    ['told what is missing', 'SUBMITTED', [], 'NOT_ACCEPT', 'NOT_ACCEPTED'],
    ['no opinion stops nothing', 'VILLAGE_OPINION', [], 'ABSTAIN', 'VILLAGE_NOTICE'],
    ['the last step confirms', 'CITY_APPROVE', all.slice(0, 5), 'PASS', 'CONFIRMED'],
    ['back past the notice', 'TOWN_REVIEW', all.slice(0, 2), 'RETURN', 'VILLAGE_OPINION'],
    ['back to the township', 'COUNTY_CONFIRM', all.slice(0, 4), 'RETURN', 'TOWN_REVIEW'],
    ['an objection brings it back', 'TOWN_NOTICE', all.slice(0, 3), 'RETURN', 'TOWN_REVIEW'],
    ['the village never refuses', 'VILLAGE_OPINION', [], 'REJECT', null],
    ['a notice never refuses', 'VILLAGE_NOTICE', all.slice(0, 1), 'REJECT', null],
    ['nobody confirms what was only submitted', 'SUBMITTED', [], 'PASS', null],
    ['what is confirmed is not withdrawn', 'CONFIRMED', all, 'WITHDRAW', null],
    ['no second appeal', 'UPHELD', [], 'APPEAL', null],
  ] as const)('%s', (_, state, passed, event, to) => {
    const position = { state, steps: all, passed, rejectedAt: null }

    expect(after(position, event)?.state ?? null).toBe(to)
  })

  it('that is returned passes what came after anew', () => {
    const returned = after(
      { state: 'COUNTY_CONFIRM', steps: all, passed: all.slice(0, 4), rejectedAt: null },
      'RETURN',
    )!

    expect(returned).toMatchObject({ state: 'TOWN_REVIEW', passed: ['VILLAGE_OPINION', 'VILLAGE_NOTICE'] })
  })

  it('whose refusal is reversed goes on after the step that refused', () => {
    const position = {
      ...{ state: 'RECONSIDERATION', steps: all, passed: all.slice(0, 2), rejectedAt: 'TOWN_REVIEW' },
    } as ApplicationPosition

    expect(after(position, 'REVERSE')).toMatchObject({ state: 'TOWN_NOTICE', rejectedAt: null })
  })

  it('is confirmed only past every review and notice of its programme, by different hands', () => {
    let arrived = 0
    fc.assert(
      fc.property(
        plans,
        fc.array(fc.tuple(events, fc.constantFrom('a', 'b', 'c', 'd', 'e')), {
          minLength: 10,
          maxLength: 60,
        }),
        (steps, walk) => {
          let position: ApplicationPosition = { state: 'DRAFT', steps, passed: [], rejectedAt: null }
          let hands: Hands = { ...nobody, filedBy: 'a' }
          let since: string[] = []
          for (const [event, actor] of walk) {
            const { state } = position
            const step = ApplicationStep.safeParse(state).data
            const decides = step ?? (state === 'RECONSIDERATION' ? 'RECONSIDERATION' : null)
            if (['PASS', 'REJECT', 'UPHOLD', 'REVERSE'].includes(event) && decides)
              if (!mayDecide(actor, decides, hands)) continue
            const reached = after(position, event)
            if (!reached) continue
            if (event === 'PASS' || event === 'ABSTAIN') {
              since = [...since, step!]
              if (step && decidingSteps.includes(step))
                hands = { ...hands, [handOf[step as keyof typeof handOf]]: actor }
            }
            if (event === 'REVERSE') {
              since = [...since, position.rejectedAt!]
              hands = { ...hands, [handOf[position.rejectedAt as keyof typeof handOf]]: actor }
            }
            if (event === 'REJECT') hands = { ...hands, rejectedBy: actor }
            if (event === 'RETURN') since = since.slice(0, reached.passed.length)
            if (event === 'SUBMIT' || event === 'ACCEPT') since = []
            position = reached
            if (position.state === 'CONFIRMED') {
              arrived += 1
              expect(since).toEqual(steps)
              const { filedBy, townBy, countyBy, cityBy } = hands
              const decided = [townBy, countyBy, cityBy].filter((hand) => hand !== null)
              expect(decided).not.toContain(filedBy)
              expect(new Set(decided).size).toBe(decided.length)
            }
          }
        },
      ),
      { numRuns: 400 },
    )
    expect(arrived).toBeGreaterThan(40)
  })
})

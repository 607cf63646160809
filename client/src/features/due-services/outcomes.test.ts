import { expect, test } from 'vitest'
import { TaskOutcome } from '@youyu/shared/contraception/follow-up'
import { outcomeOf, type OutcomeValues } from './outcomes.ts'

const values = (given: Partial<OutcomeValues>): OutcomeValues => ({
  outcome: 'DONE',
  on: '2026-06-15',
  mode: 'CLINIC',
  bookedOn: '2026-06-20',
  optOut: false,
  continues: '',
  azoospermia: false,
  satisfaction: '',
  result: { symptoms: '', inSitu: '' },
  ...given,
})
const task = { protocolCode: 'iud-use' }

test.each([
  ['nothing filled in', {}, { outcome: 'DONE', on: '2026-06-15', mode: 'CLINIC', result: {} }],
  [
    'what was found',
    { continues: 'undecided', satisfaction: '4', result: { inSitu: 'YES', symptoms: '' } },
    {
      outcome: 'DONE',
      on: '2026-06-15',
      mode: 'CLINIC',
      result: { inSitu: 'YES', satisfaction: 4, continues: null },
    },
  ],
  ['a booking', { outcome: 'BOOKED' }, { outcome: 'BOOKED', on: '2026-06-15', bookedOn: '2026-06-20' }],
  [
    'a decline',
    { outcome: 'DECLINED', optOut: true },
    { outcome: 'DECLINED', on: '2026-06-15', optOut: true },
  ],
  ['a try in vain', { outcome: 'UNREACHABLE' }, { outcome: 'UNREACHABLE', on: '2026-06-15', mode: 'CLINIC' }],
])('sends of the form only what belongs to the outcome: %s', (_what, given, expected) => {
  const sent = outcomeOf(values(given), task)

  expect(sent).toEqual(expected)
  expect(TaskOutcome.safeParse(sent).success).toBe(true)
})

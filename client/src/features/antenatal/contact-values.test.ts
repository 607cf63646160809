import { describe, expect, test } from 'vitest'
import { NewAntenatalContact } from '@youyu/shared/birth-defects/antenatal-contacts'
import { contactBody } from './contact-values.ts'
import { movesOf } from './referral-moves.ts'

const pregnancyId = '01900000-0000-7000-8000-0000000000ff'
const blank = {
  ...{
    pregnancyId,
    occurredOn: '2026-08-20',
    place: 'FACILITY',
    values: {},
    signs: [],
    items: [],
    counselling: [],
  },
  ...{ ironDays: '', medications: '', note: '', nextOn: '', isReferred: false },
  referral: { purpose: 'HIGH_RISK', urgency: 'ROUTINE', toId: '', toName: '', letter: '', agreed: false },
}
const bodyOf = (given: object) => NewAntenatalContact.parse(contactBody({ ...blank, ...given }))

describe('the form of an antenatal contact', () => {
  test('says nothing of what was left blank', () => {
    expect(bodyOf({ values: { systolic: 120, hiv: '', haemoglobin: '' } })).toEqual({
      ...{ pregnancyId, occurredOn: '2026-08-20', place: 'FACILITY', values: { systolic: 120 }, signs: [] },
      ...{ items: [], counselling: [], ironDays: null, medications: null, note: null },
    })
  })

  test('refers only when asked to, to a facility of the network or to a name', () => {
    const referral = { ...blank.referral, agreed: true, letter: '请诊治', toName: '市医院' }

    expect(bodyOf({ referral }).referral).toBeUndefined()
    expect(bodyOf({ isReferred: true, referral }).referral).toMatchObject({ toName: '市医院' })
    expect(bodyOf({ isReferred: true, referral: { ...referral, toId: pregnancyId } }).referral).toMatchObject(
      {
        toId: pregnancyId,
      },
    )
  })
})

describe('the steps of a referral that are mine', () => {
  const to = { id: pregnancyId, name: '县医院' }

  test.each([
    ['IN', 'SENT', to, ['RECEIVED', 'NOT_COME']],
    ['OUT', 'SENT', to, ['CANCELLED']],
    ['OUT', 'SENT', { id: null, name: '市医院' }, ['RECEIVED', 'NOT_COME', 'CANCELLED']],
    ['IN', 'RECEIVED', to, ['ANSWERED']],
    ['OUT', 'ANSWERED', to, ['CLOSED']],
    ['CHAIN', 'SENT', to, []],
    ['OUT', 'CLOSED', to, []],
  ] as const)('%s %s', (box, status, place, moves) => {
    expect(movesOf({ box, status, to: place })).toEqual(moves)
  })
})

import { describe, expect, test } from 'vitest'
import { outreachIn, valuesOf } from './outreach-values.ts'

describe('the form of an outreach session', () => {
  test('makes numbers of what was typed, names of the line, minutes of hours', () => {
    const values = {
      ...valuesOf(null, '2026-08-10'),
      facilityId: 'f',
      team: '李医生、赵护士',
      hours: '6.5',
      clients: '600',
    }

    expect(outreachIn({ ...values, sites: ['371121001001', ''] }, true)).toMatchObject({
      ...{
        facilityId: 'f',
        sites: ['371121001001'],
        team: ['李医生', '赵护士'],
        minutes: 390,
        clients: 600,
        days: 1,
      },
      ...{ vehicle: null, note: null },
    })
  })
})

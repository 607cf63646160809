import { describe, expect, it } from 'vitest'
import { blankEntry, bodyOf, entrySchema, nextOfDelivery } from './entry.ts'

const mother = '01890000-0000-7000-8000-00000000000a'
const birth = { ...blankEntry('births', mother), occurredOn: '2026-10-02', sex: '2' }

describe('what is sent of a birth form', () => {
  it('leaves out what is blank and registers the child with the birth', () => {
    const body = bodyOf('births', birth)

    expect(body).toMatchObject({ motherId: mother, sex: '2', child: {}, plurality: 1 })
    expect(body).not.toHaveProperty('gestation')
    expect(body).not.toHaveProperty('childIs')
    expect(entrySchema('births').safeParse(birth).success).toBe(true)
  })

  it('names a child who is registered already, and asks for one', () => {
    const known = { ...birth, childIs: 'known' }
    const result = entrySchema('births').safeParse(known)

    expect(result.success ? [] : result.error.issues.map(({ path }) => path.join('.'))).toEqual(['childId'])
    expect(bodyOf('births', { ...known, childId: mother })).toMatchObject({ childId: mother })
  })

  it('has no child where nobody was born alive', () => {
    const body = bodyOf('births', { ...birth, outcome: 'STILLBIRTH', gestation: { weeks: 30, days: '' } })

    expect(body).not.toHaveProperty('child')
    expect(body['gestation']).toEqual({ weeks: 30 })
  })

  it('keeps what the next child of the delivery shares', () => {
    const twins = { ...birth, plurality: 2, weightGrams: 2400, child: { name: '李一', idNumber: '' } }

    expect(nextOfDelivery(twins)).toMatchObject({
      motherId: mother,
      occurredOn: '2026-10-02',
      plurality: 2,
      sequence: 2,
      sex: '',
      weightGrams: '',
      child: { name: '' },
    })
  })
})

describe('what is sent of a move', () => {
  it('moves the residence along with the hukou only where that was said', () => {
    const move = {
      ...blankEntry('moves', mother),
      kind: 'HUKOU_IN',
      withResidence: false,
      expectedReturn: '',
    }

    expect(bodyOf('moves', move)).toMatchObject({ withResidence: false })
    expect(bodyOf('moves', { ...move, kind: 'FLOW_OUT' })).not.toHaveProperty('withResidence')
  })
})

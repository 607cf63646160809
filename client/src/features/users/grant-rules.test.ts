import { describe, expect, it } from 'vitest'
import { conflictWith, emptyGrant, grantOf, levelsOf, mayBeWhole, rootOf } from './grant-rules.ts'

const held = (role: 'sys_admin' | 'county_manager' | 'county_subsidy', divisionPrefix: string) => [
  { role, divisionPrefix },
]

describe('a grant', () => {
  it.each([
    ['township_worker', { min: 4, max: 4 }],
    ['station_clinician', { min: 3, max: 5 }],
    ['sys_admin', { min: 1, max: 3 }],
    ['', null],
  ] as const)('of %s lies at its levels', (role, levels) => {
    expect(levelsOf(role)).toEqual(levels)
  })

  it('reaches no further than the area of the giver', () => {
    expect(rootOf(held('county_manager', '371121'), 'township_worker')).toBe('371121000000')
    expect(rootOf(held('sys_admin', ''), 'township_worker')).toBe('root')
    expect(rootOf(held('county_subsidy', '371121'), 'township_worker')).toBeUndefined()
  })

  it('covers the whole platform only if the role may and the giver does', () => {
    expect(mayBeWhole('security_auditor', held('sys_admin', ''))).toBe(true)
    expect(mayBeWhole('security_auditor', held('sys_admin', '37'))).toBe(false)
    expect(mayBeWhole('county_manager', held('sys_admin', ''))).toBe(false)
  })

  it('without a chosen area is not one of the whole platform', () => {
    expect(grantOf({ ...emptyGrant, role: 'sys_admin' })).not.toHaveProperty('divisionPrefix')
    expect(grantOf({ ...emptyGrant, role: 'sys_admin', wholePlatform: true })).toHaveProperty(
      'divisionPrefix',
      '',
    )
    expect(grantOf({ ...emptyGrant, role: 'village_worker', divisionCode: '371121001001' })).toHaveProperty(
      'divisionPrefix',
      '371121001001',
    )
  })

  it.each([
    ['the same area', '371121', 'county_subsidy'],
    ['an area inside', '371121001', 'county_subsidy'],
    ['the area around', '37', 'county_subsidy'],
    ['another county', '371122', null],
  ])('keeps paying apart from deciding in %s', (_, prefix, conflict) => {
    expect(conflictWith('county_finance', prefix, held('county_subsidy', '371121'))).toBe(conflict)
  })
})

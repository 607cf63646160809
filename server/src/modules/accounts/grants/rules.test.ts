import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Module, Role, roles, separatedRoles } from '@youyu/shared/permissions'
import { Purpose } from '@youyu/shared/values'
import { conflictAmong, faultOf, fitsLevel, judgeGrant, mayManage, type GivingGrant } from './rules.ts'

function giving(role: Role, prefix: string, more: Partial<GivingGrant> = {}): GivingGrant {
  return { role, prefix, modules: Module.options, purposes: roles[role].purposes, ...more }
}
const manager = giving('county_manager', '371121')

describe('a grant', () => {
  test.each<[string, GivingGrant[], Role, string, string | null]>([
    ['in her own county', [manager], 'county_population', '371121', null],
    ['in a township of hers', [manager], 'township_worker', '371121101', null],
    ['in another county', [manager], 'township_worker', '370321101', 'beyond-own-rights divisionPrefix'],
    ['of a role above her', [manager], 'sys_admin', '371121', 'beyond-own-rights role'],
    ['of her own role', [manager], 'county_manager', '371121', 'beyond-own-rights role'],
    ['at the wrong level', [manager], 'village_worker', '371121', 'invalid-value divisionPrefix'],
    ['in a township, of a county role', [manager], 'county_mch', '371121101', 'invalid-value divisionPrefix'],
    [
      'by who gives nothing',
      [giving('county_mch', '371121')],
      'village_worker',
      '371121101001',
      'beyond-own-rights role',
    ],
    ['by nobody', [], 'village_worker', '371121101001', 'beyond-own-rights role'],
    [
      'by a township worker in her township',
      [giving('township_worker', '371121101')],
      'village_worker',
      '371121101001',
      null,
    ],
    [
      'by a township worker next door',
      [giving('township_worker', '371121101')],
      'village_worker',
      '371121102001',
      'beyond-own-rights divisionPrefix',
    ],
    ['by the platform', [giving('sys_admin', '')], 'sys_admin', '', null],
    [
      'by an administrator of a county, of the platform',
      [giving('sys_admin', '371121')],
      'sys_admin',
      '',
      'beyond-own-rights divisionPrefix',
    ],
  ])('%s', (_where, giver, role, divisionPrefix, refusal) => {
    const judged = judgeGrant(giver, { role, divisionPrefix })

    expect('refused' in judged ? `${judged.refused} ${judged.field}` : null).toBe(refusal)
  })

  test.each<[string, GivingGrant, { modules?: Module[]; purposes?: Purpose[] }, string | null]>([
    ['with a purpose of hers', manager, { purposes: ['REGISTER'] }, null],
    ['with a purpose that the role has not', manager, { purposes: ['PAYMENT'] }, 'invalid-value purposes'],
    [
      'with a purpose that she has not',
      giving('county_manager', '371121', { purposes: ['SERVICE'] }),
      { purposes: ['REGISTER'] },
      'beyond-own-rights purposes',
    ],
    [
      'with a module that she has not',
      giving('county_manager', '371121', { modules: ['platform'] }),
      { modules: ['population'] },
      'beyond-own-rights modules',
    ],
    [
      'with a purpose that an administrator has not',
      giving('sys_admin', ''),
      { purposes: ['REGISTER'] },
      null,
    ],
  ])('%s', (_what, giver, asked, refusal) => {
    const judged = judgeGrant([giver], { role: 'township_worker', divisionPrefix: '371121101', ...asked })

    expect('refused' in judged ? `${judged.refused} ${judged.field}` : null).toBe(refusal)
  })

  test('that says nothing of modules and purposes has those of role and giver', () => {
    const giver = giving('county_manager', '371121', {
      modules: ['platform', 'population'],
      purposes: ['REGISTER', 'STATISTICS'],
    })

    const judged = judgeGrant([giver], { role: 'township_worker', divisionPrefix: '371121101' })

    expect(judged).toMatchObject({ modules: ['platform', 'population'], purposes: ['REGISTER'] })
  })
})

test('every role fits its levels and no other', () => {
  const prefixes = ['', '37', '3711', '371121', '371121101', '371121101001']
  for (const role of Role.options) {
    expect(prefixes.map((divisionPrefix) => fitsLevel({ role, divisionPrefix }))).toEqual(
      prefixes.map((_, level) => roles[role].levels.includes(level)),
    )
  }
})

describe('roles kept apart', () => {
  test.each(separatedRoles)('%s and %s clash in one area, in whichever order', (one, other) => {
    const here = '371121'
    expect(
      conflictAmong([
        { role: one, divisionPrefix: here },
        { role: other, divisionPrefix: here },
      ]),
    ).toEqual([one, other])
    expect(
      conflictAmong([
        { role: other, divisionPrefix: '' },
        { role: one, divisionPrefix: here },
      ]),
    ).toEqual([one, other])
    expect(
      conflictAmong([
        { role: one, divisionPrefix: '370321' },
        { role: other, divisionPrefix: here },
      ]),
    ).toBeNull()
  })

  test.each<[{ role: Role; divisionPrefix: string }[], RegExp | null]>([
    [[{ role: 'county_population', divisionPrefix: '371121' }], null],
    [[{ role: 'county_population', divisionPrefix: '' }], /6 digits/],
    [[{ role: 'data_steward', divisionPrefix: '37' }], /6 or 9 digits/],
    [
      [
        { role: 'county_subsidy', divisionPrefix: '371121' },
        { role: 'county_finance', divisionPrefix: '371121' },
      ],
      /one person/,
    ],
    [
      [
        { role: 'county_mch', divisionPrefix: '371121' },
        { role: 'county_mch', divisionPrefix: '371121' },
      ],
      /twice/,
    ],
  ])('%j are told in words', (grants, fault) => {
    if (fault) expect(faultOf(grants)).toMatch(fault)
    else expect(faultOf(grants)).toBeNull()
  })
})

describe('an account', () => {
  test.each<[string, { role: Role; divisionPrefix: string }[], boolean]>([
    ['whose roles are hers to give', [{ role: 'township_worker', divisionPrefix: '371121101' }], true],
    [
      'with a role above her too',
      [
        { role: 'township_worker', divisionPrefix: '371121101' },
        { role: 'county_manager', divisionPrefix: '371121' },
      ],
      false,
    ],
    [
      'that works elsewhere too',
      [
        { role: 'township_worker', divisionPrefix: '371121101' },
        { role: 'township_worker', divisionPrefix: '370321101' },
      ],
      false,
    ],
    ['that holds nothing', [], true],
  ])('%s', (_what, held, may) => {
    expect(mayManage([manager], held)).toBe(may)
  })
})

describe('no sequence of grants', () => {
  const prefix = fc.constantFrom(
    '',
    '37',
    '3711',
    '371121',
    '371121101',
    '371121101001',
    '370321',
    '370321101',
    '370321101001',
  )
  const step = fc.record({
    giver: fc.nat(7),
    taker: fc.nat(7),
    role: fc.constantFrom(...Role.options),
    divisionPrefix: prefix,
    purposes: fc.option(fc.subarray(Purpose.options), { nil: undefined }),
    modules: fc.option(fc.subarray(Module.options, { minLength: 1 }), { nil: undefined }),
  })

  test('reaches beyond the area, the modules or the purposes of the first giver', () => {
    const first = fc.record({
      role: fc.constantFrom<Role>('county_manager', 'county_population', 'township_worker', 'sys_admin'),
      prefix: fc.constantFrom('37', '371121', '371121101'),
      modules: fc.subarray(Module.options, { minLength: 1 }),
    })
    fc.assert(
      fc.property(first, fc.array(step, { maxLength: 60 }), (root, steps) => {
        const people: GivingGrant[][] = Array.from({ length: 8 }, () => [])
        people[0] = [giving(root.role, root.prefix, { modules: root.modules })]
        for (const { giver, taker, role, divisionPrefix, purposes, modules } of steps) {
          const judged = judgeGrant(people[giver]!, {
            role,
            divisionPrefix,
            ...(purposes && { purposes }),
            ...(modules && { modules }),
          })
          if ('refused' in judged) continue
          people[taker]!.push({
            role,
            prefix: divisionPrefix,
            modules: judged.modules,
            purposes: judged.purposes,
          })
          expect(divisionPrefix.startsWith(root.prefix)).toBe(true)
          expect(root.modules).toEqual(expect.arrayContaining(judged.modules))
          expect(roles[role].purposes).toEqual(expect.arrayContaining(judged.purposes))
          if (root.role !== 'sys_admin')
            expect(roles[root.role].purposes).toEqual(expect.arrayContaining(judged.purposes))
          if (root.role !== 'sys_admin') expect(role).not.toBe('sys_admin')
        }
      }),
      { numRuns: 500 },
    )
  })
})

import { describe, expect, test } from 'vitest'
import { accountIn } from './account-arguments.ts'

const given = ['--username', 'li.na', '--password', 'set from the shell']

describe('a command line', () => {
  test('asks for an account', () => {
    expect(
      accountIn([...given, '--role', 'county_mch', '--division', '371121000000', '--name', '李娜']),
    ).toEqual({
      username: 'li.na',
      password: 'set from the shell',
      displayName: '李娜',
      grants: [{ role: 'county_mch', divisionPrefix: '371121' }],
    })
  })

  test('asks for a role in two counties', () => {
    const areas = ['--division', '371121', '--division', '370321000000']

    expect(accountIn([...given, '--role', 'county_mch', ...areas])?.grants).toEqual([
      { role: 'county_mch', divisionPrefix: '371121' },
      { role: 'county_mch', divisionPrefix: '370321' },
    ])
  })

  test('asks for help', () => {
    expect(accountIn(['--help'])).toBeNull()
  })

  test.each([
    [['--password', 'x'], /--username/],
    [['--username', 'a b', '--password', 'x'], /--username/],
    [['--username', 'somebody'], /--password/],
    [[...given, '--role', 'god'], /no such role/],
    [[...given, '--role', 'county_population', '--division', '37112'], /2, 4, 6, 9 or 12 digits/],
    [[...given, '--role', 'county_population'], /6 digits/],
    [
      [...given, '--role', 'county_subsidy', '--role', 'county_finance', '--division', '371121'],
      /one person/,
    ],
    [[...given, '--colour', 'red'], /--colour/],
    [[...given, 'extra'], /extra/],
  ])('%j is refused', (args, message) => {
    expect(() => accountIn(args)).toThrow(message)
  })
})

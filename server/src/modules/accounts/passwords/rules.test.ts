import { describe, expect, test } from 'vitest'
import { weaknessOf } from './rules.ts'

const names = ['zhang.wei', '五莲']

describe('a password', () => {
  test.each([
    ['short', 'password-too-short'],
    ['elevenchars', 'password-too-short'],
    ['password12345', 'password-breached'],
    ['Passw0rd!2024', 'password-breached'],
    ['P@ssw0rdP@ssw0rd', 'password-breached'],
    ['qwertyuiop12', 'password-breached'],
    ['1qaz2wsx3edc', 'password-breached'],
    ['zaq12wsxcde3', 'password-breached'],
    ['123456789012', 'password-breached'],
    ['19860412198604', 'password-breached'],
    ['aaaaaaaaaaaa', 'password-breached'],
    ['abababababab', 'password-breached'],
    ['abcdefghijkl', 'password-breached'],
    ['woaini5201314', 'password-breached'],
    ['Admin@123456', 'password-breached'],
    ['administrator', 'password-breached'],
    ['iloveyou1234', 'password-breached'],
    ['welcome2026!', 'password-breached'],
    ['ｐａｓｓｗｏｒｄ１２３４５', 'password-breached'],
    ['weijianju2026', 'password-breached'],
    ['ride-zhang.wei-home', 'password-contains-name'],
    ['我在五莲县工作已经有很多年了', 'password-contains-name'],
    ['correct horse battery staple', null],
    ['kfrn-6wqp-x2tm-9bvd', null],
    ['山高水长清风徐来水波不兴', null],
    ['Tz7!kQ2p#mW9x', null],
  ])('%s is %s', (password, weakness) => {
    expect(weaknessOf(password, names, 12)).toBe(weakness)
  })

  test('is measured in characters, not in the bytes or units of an encoding', () => {
    expect(weaknessOf('𠮷野家𠮷野家𠮷野家甲乙', [], 12)).toBe('password-too-short')
    expect(weaknessOf('𠮷野家山川草木鸟兽虫鱼', [], 11)).toBeNull()
  })

  test('of two hundred characters is judged quickly enough to judge it', () => {
    expect(weaknessOf('qwertyasdf'.repeat(20), [], 12)).toBe('password-breached')
  })
})

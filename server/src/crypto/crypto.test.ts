import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, describe, expect, test } from 'vitest'
import { fieldCipher } from './field-cipher.ts'
import { newId } from './ids.ts'
import { readKeys } from './keys.ts'

const folder = mkdtempSync(join(tmpdir(), 'youyu-keys-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const keysOf = (SECRET: string) => readKeys({ SECRET, AUDIT_SIGNING_KEY: undefined, DATA_DIR: folder })
const keys = keysOf('one secret that is long enough for a test')
const cipher = fieldCipher(keys, 'persons.id_number')
const cell = { county: 371121, id: newId() }

describe('a field cipher', () => {
  test('gives back what it was given', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme' }),
        (text) => cipher.decipher(cipher.encipher(text, cell), cell) === text,
      ),
    )
  })

  test('says nothing alike for the same value twice', () => {
    expect(cipher.encipher('x', cell).equals(cipher.encipher('x', cell))).toBe(false)
  })

  test.each([
    ['another row', cipher, { ...cell, id: newId() }],
    ['another county', cipher, { ...cell, county: 370321 }],
    ['another column', fieldCipher(keys, 'persons.phone'), cell],
    [
      'another secret',
      fieldCipher(keysOf('another secret, as long as it has to be'), 'persons.id_number'),
      cell,
    ],
  ])('cannot be read as %s', (_title, other, place) => {
    expect(() => other.decipher(cipher.encipher('99010119900101001X', cell), place)).toThrow()
  })

  test('notices every changed bit, and a tag cut short', () => {
    const bytes = cipher.encipher('99010119900101001X', cell)
    for (let index = 0; index < bytes.length; index += 1) {
      const changed = Buffer.from(bytes)
      changed[index]! ^= 1
      expect(() => cipher.decipher(changed, cell)).toThrow()
    }
    for (let length = 0; length < bytes.length; length += 1)
      expect(() => cipher.decipher(bytes.subarray(0, length), cell)).toThrow()
  })

  test('looks values up by a key that differs by column and secret', () => {
    const others = [
      fieldCipher(keys, 'persons.phone'),
      fieldCipher(keysOf('another secret, as long as it has to be'), 'persons.id_number'),
    ]

    expect(cipher.blindIndex('x')).toEqual(cipher.blindIndex('x'))
    for (const other of others) expect(other.blindIndex('x')).not.toEqual(cipher.blindIndex('x'))
  })
})

describe('an identifier', () => {
  test('is new and later than the one before, even when the clock goes back', () => {
    const ids = Array.from({ length: 20_000 }, (_, index) => newId(1_700_000_000_000 - index))

    expect(new Set(ids).size).toBe(ids.length)
    expect([...ids].sort()).toEqual(ids)
    for (const id of ids.slice(0, 100))
      expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
  })
})

describe('the keys of an installation', () => {
  const kept = (name: string) => ({
    SECRET: undefined,
    AUDIT_SIGNING_KEY: undefined,
    DATA_DIR: join(folder, name),
  })

  test('are made once and kept where nobody else reads', () => {
    const [first, second] = [readKeys(kept('new')), readKeys(kept('new'))]

    expect(first.derive('x')).toEqual(second.derive('x'))
    expect(readdirSync(join(folder, 'new')).sort()).toEqual(['audit-signing-key.pem', 'secret'])
    expect(statSync(join(folder, 'new', 'secret')).mode & 0o077).toBe(0)
  })

  test('are not made of a damaged file', () => {
    readKeys(kept('damaged'))
    writeFileSync(join(folder, 'damaged', 'secret'), '')

    expect(() => readKeys(kept('damaged'))).toThrow(/secret is damaged/)
  })
})

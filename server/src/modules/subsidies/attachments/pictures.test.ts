import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  device,
  latitude,
  plainJpeg,
  plainPng,
  plainWebp,
  telephoneJpeg,
  telephonePng,
  telephoneWebp,
} from '../../../../test/pictures.ts'
import { barePicture } from './pictures.ts'

const kinds = [
  ['image/jpeg', plainJpeg, telephoneJpeg],
  ['image/png', plainPng, telephonePng],
  ['image/webp', plainWebp, telephoneWebp],
] as const

describe.each(kinds)('a picture (%s)', (mediaType, plain, byTelephone) => {
  test('that says nothing but itself stays byte for byte', () => {
    expect(barePicture(plain, mediaType)).toEqual(plain)
  })

  test('loses place, device, words, previews and what hides behind its end', () => {
    expect(byTelephone().includes(device) && byTelephone().includes(latitude)).toBe(true)

    expect(barePicture(byTelephone(), mediaType)).toEqual(plain)
  })

  test('that was held otherwise still says which way is up, and only that', () => {
    const bare = barePicture(byTelephone(6), mediaType)!

    expect(bare.includes(device) || bare.includes(latitude)).toBe(false)
    expect(bare.length - plain.length).toBeLessThan(40)
    expect(bare.includes(Buffer.from('0112000300000001000600', 'hex'))).toBe(true)
    expect(barePicture(bare, mediaType)).toEqual(bare)
  })

  test('that is cut off or hurt is refused, or loses its remarks all the same', () => {
    const sent = byTelephone(3)
    const hurt = fc.record({
      length: fc.integer({ min: 12, max: sent.length }),
      hits: fc.array(fc.tuple(fc.nat(sent.length - 1), fc.nat(255)), { maxLength: 4 }),
    })

    fc.assert(
      fc.property(hurt, ({ length, hits }) => {
        const content = Buffer.from(sent.subarray(0, length))
        for (const [at, byte] of hits) if (at < length) content[at] = byte
        const bare = barePicture(content, mediaType)
        return bare === null || barePicture(bare, mediaType)?.equals(bare) === true
      }),
      { numRuns: 300 },
    )
  })
})

test('what only begins like a picture is none', () => {
  for (const [mediaType, plain] of kinds) expect(barePicture(plain.subarray(0, 30), mediaType)).toBeNull()
  expect(barePicture(Buffer.from('%PDF-1.7'), 'application/pdf')?.toString()).toBe('%PDF-1.7')
})

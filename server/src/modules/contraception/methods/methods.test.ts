import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  isLarcWho,
  isLongActingCn,
  isModern,
  mecMethodOf,
  MethodCode,
  methodNames,
  type ContraceptiveMethod,
  type MethodSheet,
} from '@youyu/shared/contraception/methods'
import type { Problem } from '@youyu/shared/errors'
import { openOffice, type Officer, type TestOffice } from '../../../../test/office.ts'
import { bodyOf, furnishPlaces, places } from '../../../../test/register.ts'

let office: TestOffice
let county: Officer
const today = '2026-08-20'

beforeAll(async () => {
  office = await openOffice()
  office.setNow(new Date(`${today}T09:00:00+08:00`))
  await furnishPlaces(office)
  county = await office.officer('county_mch', places.county)
})
afterAll(() => office.close())

const methods = async () =>
  bodyOf<{ items: ContraceptiveMethod[] }>(await county.get('/api/v1/contraceptive-methods'), 200).items
const sheets = async (query = '', officer = county) =>
  bodyOf<{ items: MethodSheet[] }>(await officer.get(`/api/v1/method-sheets${query}`), 200).items
const faultsOf = ({ body }: { body: unknown }) =>
  ((body as Problem).errors ?? []).map(({ pointer, code }) => [pointer, code])

describe('the methods', () => {
  test('are in the database what the code knows of them', async () => {
    const items = await methods()

    expect(items.map(({ code }) => code)).toEqual(MethodCode.options)
    for (const { code, nameZh, nameEn, ...method } of items) {
      expect([nameZh, nameEn]).toEqual(methodNames[code])
      expect(method).toMatchObject({
        ...{ isLongActingCn: isLongActingCn(code), isLarcWho: isLarcWho(code), isModern: isModern(code) },
        mecMethod: mecMethodOf(code),
      })
    }
  })

  test('count long-acting twice: with sterilisation in the Chinese way, without it in the WHO’s', async () => {
    const items = await methods()
    const codes = (is: (method: ContraceptiveMethod) => boolean) => items.filter(is).map(({ code }) => code)

    expect(codes((each) => each.isLongActingCn)).toEqual(['M10', 'M20', 'M30', 'M31', 'M40', 'M41', 'M42'])
    expect(codes((each) => each.isLarcWho)).toEqual(['M30', 'M31', 'M40', 'M41', 'M42'])
    expect(codes((each) => !each.isCurrentMethod)).toEqual(['M00', 'M85'])
  })

  test('know how long a device lasts, and who says so', async () => {
    const copper = (await methods()).find(({ code }) => code === 'M30')!

    expect(copper.devices).toContainEqual(
      expect.objectContaining({ code: 'TCU380A', validityMonths: 120, source: expect.any(String) as string }),
    )
    expect(copper.devices.find(({ code }) => code === 'IUD_UNKNOWN')?.validityMonths).toBeNull()
  })
})

describe('the sheets', () => {
  test('tell every method with effect, side effects, infections, return of fertility and source', async () => {
    const items = await sheets()

    expect(items.map(({ method }) => method)).toEqual(MethodCode.options.filter((code) => code !== 'M99'))
    for (const sheet of items) {
      expect(sheet.sideEffectsZh.length).toBe(sheet.sideEffectsEn.length)
      expect(sheet.warningsZh.length).toBe(sheet.warningsEn.length)
      expect(sheet.sideEffectsZh.length).toBeGreaterThan(0)
      expect(sheet.effectivenessSource).toMatch(/待临床医师核对/)
      expect(sheet.reviewer).toBeNull()
      if (sheet.typicalUse !== null && sheet.perfectUse !== null)
        expect(sheet.perfectUse).toBeLessThanOrEqual(sheet.typicalUse)
    }
    expect(items.filter(({ stiProtection }) => stiProtection === 'YES').map(({ method }) => method)).toEqual([
      ...['M70', 'M71'],
    ])
  })

  const newSheet = async (given: object = {}) => {
    const { county: _, recordedAt: __, ...sheet } = (await sheets()).find(({ method }) => method === 'M50')!
    return {
      ...sheet,
      effectiveFrom: today,
      reviewer: '李主任',
      reviewedOn: today,
      howZh: '每12周注射一针。',
      ...given,
    }
  }

  test('get a new version for the county from its day on; the old one stays', async () => {
    const made = bodyOf<MethodSheet>(await county.post('/api/v1/method-sheets', await newSheet()), 201)
    const elsewhere = await office.officer('county_mch', places.otherCounty)
    const howOf = (items: MethodSheet[]) => items.find(({ method }) => method === 'M50')!.howZh

    expect(made).toMatchObject({ county: 371121, reviewer: '李主任' })
    expect(howOf(await sheets())).toBe('每12周注射一针。')
    expect(howOf(await sheets('?on=2026-08-19'))).not.toBe('每12周注射一针。')
    expect(howOf(await sheets('', elsewhere))).not.toBe('每12周注射一针。')
    const versions = await county.get('/api/v1/method-sheets/M50/versions')
    expect(bodyOf<{ items: MethodSheet[] }>(versions, 200).items).toHaveLength(2)
    const others = await elsewhere.get('/api/v1/method-sheets/M50/versions')
    expect(bodyOf<{ items: MethodSheet[] }>(others, 200).items).toHaveLength(1)
  })

  test('are published once under a key', async () => {
    const body = await newSheet({ effectiveFrom: '2026-12-01' })
    const first = await county.post('/api/v1/method-sheets', body, { key: 'sheet-1' })
    const second = await county.post('/api/v1/method-sheets', body, { key: 'sheet-1' })

    expect(second.body).toEqual(first.body)
    const kept = await office.sql(`select id from method_sheets where effective_from = '2026-12-01'`)
    expect(kept).toHaveLength(1)
  })

  test.each([
    ['a day that is over', { effectiveFrom: '2026-08-01' }, '/effectiveFrom', 'invalid-date'],
    ['perfect use worse than typical', { typicalUse: 1, perfectUse: 2 }, '/perfectUse', 'invalid-value'],
    ['a reviewer without a day', { reviewedOn: null }, '/reviewedOn', 'required'],
    ['no source', { source: '' }, '/source', 'invalid-value'],
    ['an unknown method', { method: 'M77' }, '/method', 'invalid-value'],
  ])('with %s are refused by name', async (_title, given, pointer, code) => {
    const answer = await county.post('/api/v1/method-sheets', await newSheet(given))

    expect(answer.status).toBe(400)
    expect(faultsOf(answer)).toContainEqual([pointer, code])
  })

  test('are the county’s to publish, and of its own county only', async () => {
    const village = await office.officer('village_worker', places.village)

    expect((await village.post('/api/v1/method-sheets', await newSheet())).status).toBe(403)
    expect(await sheets('', village)).toHaveLength(19)
    expect((await village.get('/api/v1/method-sheets/M50/versions')).status).toBe(403)
  })
})

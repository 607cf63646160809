import { readFileSync } from 'node:fs'
import { parse } from 'csv-parse/sync'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Evaluation } from '@youyu/shared/contraception/eligibility'
import type { MecEdition, MecEditionRow } from '@youyu/shared/contraception/mec-editions'
import { MecMethod } from '@youyu/shared/contraception/methods'
import type { Problem } from '@youyu/shared/errors'
import { openClinic, type Clinic } from '../../../../../test/clinic.ts'
import { openOffice, type Officer, type TestOffice } from '../../../../../test/office.ts'
import { bodyOf, places } from '../../../../../test/register.ts'

let office: TestOffice
let clinic: Clinic
let county: Officer
const today = '2026-08-20'

beforeAll(async () => {
  office = await openOffice()
  office.setNow(new Date(`${today}T09:00:00+08:00`))
  clinic = await openClinic(office)
  county = await office.officer('county_mch', places.county)
})
afterAll(() => office.close())

type Line = Record<string, string>
const lines = parse<Line>(readFileSync(new URL('../mec-2015.csv', import.meta.url)), { columns: true })

function cellOf(line: Line, method: string): readonly [number, number] | null {
  const cell = line[method.toLowerCase()]
  if (!cell) return null
  const [initiation, continuation = initiation] = cell.split('/').map(Number)
  return [initiation!, continuation!]
}

const correction = (given: object = {}) => ({
  code: 'WULIAN-1',
  nameZh: '五莲县更正版',
  nameEn: 'Corrected for the county',
  basedOn: 'WHO-MEC-5-2015',
  effectiveFrom: today,
  source: '县级专家组核对意见',
  reviewer: '李主任',
  reviewedOn: today,
  reason: '核对原文',
  cells: [{ condition: 'HYPERTENSION_140_159', method: 'CIC', initiation: 4, continuation: 4 }],
  ...given,
})
const faultsOf = ({ body }: { body: unknown }) =>
  ((body as Problem).errors ?? []).map(({ pointer, code }) => [pointer, code])

describe('the eligibility table', () => {
  test('is in the database what it is in its source, condition by condition and cell by cell', async () => {
    const edition = bodyOf<MecEdition>(await county.get('/api/v1/mec-editions/WHO-MEC-5-2015'), 200)
    const cells = new Map(edition.cells.map((cell) => [`${cell.condition} ${cell.method}`, cell]))
    let compared = 0

    expect(edition.conditions.map(({ code }) => code)).toEqual(lines.map((line) => line['code']))
    for (const line of lines) {
      const added = line['added'] === '*' ? MecMethod.options : line['added']!.toUpperCase().split(' ')
      for (const method of MecMethod.options) {
        const expected = cellOf(line, method)
        const cell = cells.get(`${line['code']} ${method}`)
        expect(cell && [cell.initiation, cell.continuation]).toEqual(expected ?? undefined)
        if (!cell) continue
        expect(cell.basis).toBe(added.includes(method) ? 'ADDED' : 'SPEC')
        compared += 1
      }
    }
    expect(compared).toBe(edition.cells.length)
    expect(compared).toBeGreaterThan(500)
  })

  test('says of every condition its question, reason and source', async () => {
    const { conditions, reviewer } = bodyOf<MecEdition>(
      await county.get('/api/v1/mec-editions/in-force'),
      200,
    )

    for (const [index, condition] of conditions.entries()) {
      const line = lines[index]!
      expect(condition).toMatchObject({
        finding: line['finding'] || null,
        family: line['family'] || null,
        nameZh: line['name_zh'],
        nameEn: line['name_en'],
        questionZh: line['question_zh'] || null,
        questionEn: line['question_en'] || null,
        reasonZh: line['reason_zh'],
        reasonEn: line['reason_en'],
        source: line['source'],
      })
    }
    expect(reviewer).toBeNull()
  })

  test('is what a screening answers, cell by cell', async () => {
    const clients = new Map<number, string>()
    for (const age of [17, 19, 30, 38, 42, 50])
      clients.set(age, (await clinic.woman({ birthDate: `${2026 - age}-01-01` })).id)
    let compared = 0

    for (const line of lines) {
      const [from, to] = [Number(line['from_age'] || 12), Number(line['to_age'] || 99)]
      const age = [30, 38, 42, 50, 17, 19].find((each) => each >= from && each <= to)!
      const ago = new Date(Date.parse(today) - Number(line['from_days'] || 0) * 86_400_000)
        .toISOString()
        .slice(0, 10)
      const present = [line['finding'], line['with_finding']].filter(Boolean)
      const answer = await clinic.clinician.post('/api/v1/eligibility-screens?dryRun=true', {
        clientId: clients.get(age),
        occurredOn: today,
        answers: present.map((finding) => ({ finding, isPresent: true })),
        circumstances: {
          ...(line['derivation'] === 'POSTPARTUM' && {
            ...{ deliveredOn: ago, isBreastfeeding: line['breastfeeding'] === 'true', parity: 1 },
          }),
          ...(line['derivation'] === 'POSTABORTION' && { abortedOn: ago }),
          ...(line['derivation'] === 'PARITY' && { parity: 0 }),
        },
      })
      const { conditions, methods, removal } = bodyOf<Evaluation>(answer, 200)
      expect(conditions).toContain(line['code'])
      expect(removal).toBe('OPEN')
      for (const { method, reasons, initiation, continuation } of methods) {
        const expected = cellOf(line, method)
        const reason = reasons.find(({ condition }) => condition === line['code'])
        expect(reason && [reason.initiation, reason.continuation]).toEqual(expected ?? undefined)
        expect(initiation).toBeGreaterThanOrEqual(expected?.[0] ?? 1)
        expect(continuation).toBeGreaterThanOrEqual(expected?.[1] ?? 1)
        if (expected) compared += 1
      }
    }

    expect(compared).toBeGreaterThan(500)
  }, 120_000)
})

describe('a county’s correction', () => {
  test('is told first, and changes nothing then', async () => {
    const preview = await county.post('/api/v1/mec-editions?dryRun=true', correction({ code: 'PREVIEWED' }))

    expect(bodyOf(preview, 200)).toEqual({
      changes: [
        {
          ...{ condition: 'HYPERTENSION_140_159', method: 'CIC' },
          before: { initiation: 3, continuation: 3 },
          after: { initiation: 4, continuation: 4 },
        },
      ],
    })
    expect((await county.get('/api/v1/mec-editions/PREVIEWED')).status).toBe(404)
  })

  test('holds for its county from its day on, with who has checked it', async () => {
    const made = bodyOf<MecEditionRow>(await county.post('/api/v1/mec-editions', correction()), 201)
    const inForce = bodyOf<MecEdition>(await clinic.clinician.get('/api/v1/mec-editions/in-force'), 200)
    const before = bodyOf<MecEdition>(
      await clinic.clinician.get('/api/v1/mec-editions/in-force?on=2026-08-19'),
      200,
    )
    const elsewhere = bodyOf<MecEdition>(await clinic.stranger.get('/api/v1/mec-editions/in-force'), 200)

    expect(made).toMatchObject({ county: 371121, reviewer: '李主任', isInForce: true })
    expect(inForce.code).toBe('WULIAN-1')
    expect(inForce.cells).toContainEqual({
      ...{ condition: 'HYPERTENSION_140_159', method: 'CIC', initiation: 4, continuation: 4 },
      basis: 'COUNTY',
    })
    expect(inForce.cells).toHaveLength(before.cells.length)
    expect(before.code).toBe('WHO-MEC-5-2015')
    expect(elsewhere.code).toBe('WHO-MEC-5-2015')
    expect((await clinic.stranger.get('/api/v1/mec-editions/WULIAN-1')).status).toBe(404)
  })

  test('is made once under a key', async () => {
    const body = correction({ code: 'KEYED', effectiveFrom: '2027-01-01' })
    const first = await county.post('/api/v1/mec-editions', body, { key: 'edition-1' })
    const second = await county.post('/api/v1/mec-editions', body, { key: 'edition-1' })

    expect(second.status).toBe(201)
    expect(second.body).toEqual(first.body)
    expect((await county.post('/api/v1/mec-editions', body)).status).toBe(409)
  })

  test('is withdrawn before its day and never after', async () => {
    await county.post('/api/v1/mec-editions', correction({ code: 'COMING', effectiveFrom: '2026-09-01' }))
    const withdrawn = await county.post('/api/v1/mec-editions/COMING/withdrawal', { reason: '另行核对' })
    await county.post('/api/v1/mec-editions', correction({ code: 'HOLDING' }))
    const tooLate = await county.post('/api/v1/mec-editions/HOLDING/withdrawal', { reason: '另行核对' })
    const notOwn = await county.post('/api/v1/mec-editions/WHO-MEC-5-2015/withdrawal', { reason: '不同意' })

    expect(bodyOf<MecEditionRow>(withdrawn, 200)).toMatchObject({ withdrawnOn: today })
    expect(tooLate).toMatchObject({ status: 409, body: { code: 'edition-in-force' } })
    expect(notOwn).toMatchObject({ status: 403, body: { code: 'beyond-own-rights' } })
  })

  test.each([
    ['a day that is over', { effectiveFrom: '2026-08-19' }, '/effectiveFrom', 'invalid-date'],
    ['a check in the future', { reviewedOn: '2026-08-21' }, '/reviewedOn', 'invalid-date'],
    ['an unknown edition', { basedOn: 'NONE-SUCH' }, '/basedOn', 'not-found'],
    [
      'an unknown condition',
      { cells: [{ condition: 'NOTHING', method: 'COC', initiation: 1, continuation: 1 }] },
      '/cells/0/condition',
      'invalid-code-value',
    ],
    [
      'half a cell',
      { cells: [{ condition: 'STROKE', method: 'COC', initiation: 1, continuation: null }] },
      '/cells/0/continuation',
      'required',
    ],
    [
      'a category beyond four',
      { cells: [{ condition: 'STROKE', method: 'COC', initiation: 5, continuation: 1 }] },
      '/cells/0/initiation',
      'invalid-value',
    ],
    ['no reviewer', { reviewer: undefined }, '/reviewer', 'required'],
  ])('with %s is refused by name', async (_title, given, pointer, code) => {
    const answer = await county.post('/api/v1/mec-editions', correction({ code: 'WRONG', ...given }))

    expect(answer.status).toBe(400)
    expect(faultsOf(answer)).toContainEqual([pointer, code])
  })

  test('is not a clinician’s', async () => {
    expect((await clinic.chief.post('/api/v1/mec-editions', correction({ code: 'OWN' }))).status).toBe(403)
  })

  test('cannot be changed behind the counter: nothing but the opening of an edition writes', async () => {
    const grants = await office.sql(
      `select table_name, privilege_type from information_schema.role_table_grants
       where grantee in ('youyu_app', 'youyu_care') and table_name like 'mec\\_%' and table_name not in ('mec_screens', 'mec_overrides')
         and privilege_type <> 'SELECT'`,
    )

    expect(grants).toEqual([])
  })
})

describe('local rules', () => {
  test('are read with their source', async () => {
    const answer = await clinic.clinician.get('/api/v1/local-eligibility-rules')

    expect(bodyOf(answer, 200)).toMatchObject({
      items: [
        { code: 'CAVITY_DEPTH', least: 55, most: 90, effect: 'STOP', isIntervalOnly: true },
        { code: 'IUD_AFTER_MENSES', least: 3, most: 7, effect: 'ADVICE' },
        { code: 'IUD_AFTER_BIRTH', least: 42, most: null },
        { code: 'IUD_AFTER_ABORTION', least: null, most: 0 },
      ],
    })
  })
})

import { afterAll, beforeAll, describe, expect, it, test } from 'vitest'
import { windowsOf } from '@youyu/shared/birth-defects/defect-card'
import type { CardVersion, DefectCard } from '@youyu/shared/birth-defects/defect-cases'
import type { DefectPhoto } from '@youyu/shared/birth-defects/defect-photos'
import { openOffice, type Answer, type TestOffice } from '../../../../test/office.ts'
import {
  approval,
  cardContent,
  drafted,
  finished,
  openSurveillance,
  prenatalContent,
  stepped,
  submitted,
  type Surveillance,
} from '../../../../test/defect-cards.ts'
import { device, latitude, plainJpeg, telephoneJpeg, telephonePng } from '../../../../test/pictures.ts'
import { bodyOf } from '../../../../test/register.ts'

const nobody = '00000000-0000-7000-8000-000000000000'
let office: TestOffice
let desk: Surveillance
beforeAll(async () => {
  office = await openOffice()
  desk = await openSurveillance(office)
})
afterAll(() => office.close())

const wrong = ({ body }: Answer) =>
  ((body as { errors?: { pointer: string; code: string }[] }).errors ?? []).map(
    ({ pointer, code }) => `${pointer} ${code}`,
  )

describe('a defect card', () => {
  it('is kept as a draft with its words enciphered, and read again as it was written', async () => {
    const content = cardContent({ exposures: { codes: ['FEVER', 'ANTIBIOTICS'], drugs: '阿莫西林' } })

    const card = await drafted(desk.reporter, content)

    expect(card).toMatchObject({ status: 'DRAFT', edition: 0, cardNumber: null, categories: ['15'] })
    const age = { mother: { ...content.mother, age: 29 } }
    expect(card.content).toEqual({ ...content, ...age })
    expect(card.windows).toEqual({ hospital: true, population: true, extended: true })
    const rows = await office.sql(
      `select c::text as row from defect_cards c union all select d::text from defect_diagnoses d`,
    )
    expect(JSON.stringify(rows)).not.toMatch(/试母|试镇|六指|阿莫西林|填卡人/)
  })

  test.each([
    ['an impossible day', { diagnosis: { on: '2026-02-30' } }, '/diagnosis/on'],
    [
      'a day to come',
      { diagnosis: { on: '2026-03-01' }, report: { filledOn: '2026-03-01' } },
      '/diagnosis/on invalid-date',
    ],
    [
      'no defect',
      { diagnosis: { items: [{ icd10: 'J18.9', laterality: null, description: null }] } },
      '/diagnosis/items/0/icd10 not-a-defect',
    ],
    [
      'a time of diagnosis that the days deny',
      { diagnosis: { when: 'LATER' } },
      '/diagnosis/when invalid-value',
    ],
    ['more births than pregnancies', { mother: { gravida: 1, para: 2 } }, '/mother/para invalid-value'],
    ['a second of one', { child: { sequence: 2 } }, '/child/sequence invalid-value'],
    [
      'the sex where the pregnancy was ended',
      { child: { outcome: 'STILLBIRTH', isInduced: true } },
      '/child/sex fetal-sex',
    ],
    ['a mother of eight', { mother: { birthDate: '2018-01-01' } }, '/mother/birthDate mother-age-impossible'],
  ] as const)('names the field of %s', async (_, parts, expected) => {
    const answer = await desk.reporter.post('/api/v1/defect-cards', cardContent(parts as never))

    expect(answer.status).toBe(400)
    expect(wrong(answer).join()).toContain(expected)
  })

  it('tells no fetal sex: not in its fields, its words, nor by a code', async () => {
    const before = prenatalContent()
    const said = [
      prenatalContent({ child: { sex: '1' } }),
      prenatalContent({ diagnosis: { items: [{ icd10: 'Q54.1', laterality: null, description: null }] } }),
      prenatalContent({ diagnosis: { items: [{ icd10: 'Q98.0', laterality: null, description: null }] } }),
      prenatalContent({
        diagnosis: { items: [{ icd10: 'Q05.9', laterality: null, description: '胎儿为男性' }] },
      }),
      prenatalContent({ family: { history: 'the baby is a girl', hasHistory: true } }),
    ]

    const answers = await Promise.all(
      said.map((content) => desk.reporter.post('/api/v1/defect-cards', content)),
    )

    for (const answer of answers) expect(wrong(answer).join()).toContain('fetal-sex')
    const group = {
      ...before.diagnosis,
      items: [{ icd10: 'Q96-Q99', laterality: null, description: '产前诊断' }],
    }
    expect((await drafted(desk.reporter, { ...before, diagnosis: group })).categories).toEqual(['24'])
  })

  it('is submitted when it is complete enough, with a number of its own, and not before', async () => {
    const draft = await drafted(
      desk.reporter,
      cardContent({ diagnosis: { items: [{ icd10: 'Q66.0', laterality: null, description: null }] } }),
    )

    const refused = await desk.reporter.post(`/api/v1/defect-cards/${draft.id}/submissions`, undefined, {
      ifMatch: draft.version,
    })
    expect(wrong(refused)).toEqual(['/diagnosis/items/0/laterality required'])

    const card = await submitted(desk.reporter)
    expect(card).toMatchObject({ status: 'SUBMITTED', edition: 1, isTimely: true, isComplete: true })
    expect(card.cardNumber).toMatch(/^HO-1-2026-\d{4}$/)
    expect(card.dueOn).toBe('2026-01-22')
    const late = cardContent({ child: { bornOn: '2026-01-01' }, diagnosis: { on: '2026-01-07' } })
    expect((await submitted(desk.reporter, late)).isTimely).toBe(false)
  })

  it('is seen by its facility and, once submitted, by who reviews the county; by nobody else', async () => {
    const draft = await drafted(desk.reporter)
    const card = await submitted(desk.reporter)

    expect((await desk.clinician.get(`/api/v1/defect-cards/${draft.id}`)).status).toBe(200)
    expect((await desk.neighbour.get(`/api/v1/defect-cards/${card.id}`)).status).toBe(404)
    expect((await desk.mch.get(`/api/v1/defect-cards/${card.id}`)).status).toBe(403)
    expect((await desk.mch.get(`/api/v1/defect-reviews/${draft.id}`)).status).toBe(404)
    expect((await desk.mch.get(`/api/v1/defect-reviews/${card.id}`)).status).toBe(200)
    expect((await desk.otherMch.get(`/api/v1/defect-reviews/${card.id}`)).status).toBe(404)
    const looks = await office.sql(
      `select 1 from access_log where entity = 'defect-card' and action = 'view' and purpose = 'SURVEILLANCE'`,
    )
    expect(looks.length).toBeGreaterThanOrEqual(2)
  })

  it('of the same child is one in a facility, and a possible match across two', async () => {
    const twin = cardContent({ child: { plurality: 2, sequence: 1, zygosity: 'DI' } })
    const card = await submitted(desk.reporter, twin)

    const again = await desk.reporter.post('/api/v1/defect-cards', twin)
    const second = { ...twin, child: { ...twin.child, sequence: 2 } }
    const other = await drafted(desk.reporter, second)
    const elsewhere = await submitted(desk.neighbour, twin)

    expect([again.status, (again.body as { code: string }).code]).toEqual([409, 'card-duplicate'])
    expect(other.status).toBe('DRAFT')
    const { items } = bodyOf<{ items: { id: string; cards: { id: string }[] }[] }>(
      await desk.mch.get('/api/v1/case-duplicates?state=OPEN'),
      200,
    )
    expect(items).toHaveLength(1)
    expect(items[0]!.cards.map(({ id }) => id).sort()).toEqual([card.id, elsewhere.id].sort())

    const merged = await desk.mch.post(`/api/v1/case-duplicates/${items[0]!.id}/decisions`, {
      ...{ decision: 'MERGE', keptId: card.id, reason: '同一儿，转院' },
    })
    expect(merged.text).toContain(card.id)
    expect(merged.status).toBe(201)
    const gone = bodyOf<DefectCard>(await desk.neighbour.get(`/api/v1/defect-cards/${elsewhere.id}`), 200)
    expect(gone).toMatchObject({ status: 'MERGED', mergedInto: card.id })
    const second2 = await desk.mch.post(`/api/v1/case-duplicates/${items[0]!.id}/decisions`, {
      ...{ decision: 'DISMISS', reason: '不同儿' },
    })
    expect((second2.body as { code: string }).code).toBe('already-decided')
  })

  it('once final changes by a new version with a reason, and every version is kept and compared', async () => {
    const final = await finished(desk)
    const content = { ...final.content, child: { ...final.content.child, weightGrams: 2950 } }

    const refused = await desk.reporter.put(`/api/v1/defect-cards/${final.id}`, content, {
      ifMatch: final.version,
    })
    const corrected = bodyOf<DefectCard>(
      await desk.reporter.post(
        `/api/v1/defect-cards/${final.id}/corrections`,
        { content, reason: '核对病历后更正体重' },
        { ifMatch: final.version },
      ),
      201,
    )

    expect((refused.body as { code: string }).code).toBe('card-in-review')
    expect(corrected).toMatchObject({ status: 'CORRECTED', edition: 2 })
    const { items } = bodyOf<{ items: CardVersion[] }>(
      await desk.clinician.get(`/api/v1/defect-cards/${final.id}/versions`),
      200,
    )
    expect(items.map(({ edition, kind }) => [edition, kind])).toEqual([
      [1, 'SUBMITTED'],
      [2, 'CORRECTED'],
    ])
    expect(items[0]!.content.child.weightGrams).toBe(3100)
    expect(items[1]).toMatchObject({ changed: ['child.weightGrams'], reason: '核对病历后更正体重' })
    expect((await stepped(desk.chief, corrected, 'hospital-reviews', approval)).status).toBe(
      'HOSPITAL_REVIEWED',
    )
  })

  it('is withdrawn with a reason as long as nobody reviews it', async () => {
    const draft = await drafted(desk.reporter)
    const card = await submitted(desk.reporter)
    const withdraw = (each: DefectCard) =>
      desk.reporter.post(
        `/api/v1/defect-cards/${each.id}/withdrawals`,
        { reason: '不是缺陷' },
        { ifMatch: each.version },
      )

    const [gone, kept] = await Promise.all([withdraw(draft), withdraw(card)])

    expect(bodyOf<DefectCard>(gone, 201).status).toBe('WITHDRAWN')
    expect((kept.body as { code: string }).code).toBe('card-not-at-this-step')
  })

  it('is created once, however often it is sent', async () => {
    const content = cardContent()
    const key = 'card-once'

    const [first, second] = [
      await desk.reporter.post('/api/v1/defect-cards', content, { key }),
      await desk.reporter.post('/api/v1/defect-cards', content, { key }),
    ]

    expect(second.body).toEqual(first.body)
    const kept = await office.sql(`select i::text as kept from idempotency_keys i`)
    expect(JSON.stringify(kept)).not.toContain('试母')
  })
})

describe('the surveillance windows', () => {
  test.each([
    ['27+6 weeks, day 0', 195, 1500, '2026-03-01', '2026-03-01', [false, false, true]],
    ['28+0 weeks, day 0', 196, 900, '2026-03-01', '2026-03-01', [true, true, true]],
    ['unknown weeks, 999 g', null, 999, '2026-03-01', '2026-03-01', [false, false, true]],
    ['unknown weeks, 1000 g', null, 1000, '2026-03-01', '2026-03-01', [true, true, true]],
    ['nothing known', null, null, '2026-03-01', '2026-03-01', [false, false, true]],
    ['day 7', 280, null, '2026-03-01', '2026-03-08', [true, true, true]],
    ['day 8', 280, null, '2026-03-01', '2026-03-09', [false, true, true]],
    ['day 41', 280, null, '2026-03-01', '2026-04-11', [false, true, true]],
    ['day 42', 280, null, '2026-03-01', '2026-04-12', [false, true, true]],
    ['day 43', 280, null, '2026-03-01', '2026-04-13', [false, false, true]],
    ['the day before the birthday', 280, null, '2026-03-01', '2027-02-28', [false, false, true]],
    ['the first birthday', 280, null, '2026-03-01', '2027-03-01', [false, false, false]],
    ['born on a leap day', 280, null, '2024-02-29', '2025-02-27', [false, false, true]],
    ['a leap child’s birthday', 280, null, '2024-02-29', '2025-02-28', [false, false, false]],
    ['diagnosed before birth', 270, null, '2026-03-01', '2025-12-01', [true, true, true]],
    ['not yet born', null, null, null, '2026-03-01', [false, false, false]],
  ] as const)(
    'at %s are the same by the rule and in the database',
    async (_, days, grams, born, on, expected) => {
      const { hospital, population, extended } = windowsOf({
        ...{ bornOn: born, diagnosedOn: on, gestationDays: days, weightGrams: grams },
      })
      const { id } = await drafted(desk.reporter)
      const [row] = await office.sql<{ windows: boolean[] }>(
        `update defect_cards set gestation_days = $2, weight_grams = $3, born_on = $4, diagnosed_on = $5, diagnosed_when = null, child_sex = null,
         outcome = case when $4::date is null then null else outcome end, match_hash = null
       where id = $1 returning array[window_hospital, window_population, window_extended] as windows`,
        [id, days, grams, born, on],
      )

      expect([hospital, population, extended]).toEqual(expected)
      expect(row?.windows).toEqual(expected)
    },
  )
})

describe('a photograph on a card', () => {
  const consent = { consentBy: 'MOTHER', consentOn: '2026-01-12' }
  const add = async (cardId: string, fields: Record<string, string> = consent, content = telephonePng()) =>
    await desk.reporter.upload(`/api/v1/defect-cards/${cardId}/photos`, fields, { name: '照片.png', content })

  it('is kept enciphered by consent, seen by its facility and the review of its area, removed with a reason', async () => {
    const card = await submitted(desk.reporter)
    const photo = bodyOf<DefectPhoto>(await add(card.id), 201)
    const content = `/api/v1/defect-photos/${photo.id}/content`
    const review = `/api/v1/defect-photo-reviews/${photo.id}/content`

    expect(photo).toMatchObject({ mediaType: 'image/png', consentBy: 'MOTHER', voidedAt: null })
    expect((await desk.reporter.get(content)).text).toContain('IDAT')
    expect((await desk.neighbour.get(content)).status).toBe(404)
    expect((await desk.mch.get(review)).text).toContain('IDAT')
    expect((await desk.otherMch.get(review)).status).toBe(404)
    const [kept] = await office.sql<{ cell: string }>(
      `select encode(content_cipher, 'escape') as cell from defect_photos where id = $1`,
      [photo.id],
    )
    expect(kept!.cell).not.toContain('IDAT')
    const listed = bodyOf<{ items: DefectPhoto[] }>(
      await desk.mch.get(`/api/v1/defect-reviews/${card.id}/photos`),
      200,
    )
    expect(listed.items).toHaveLength(1)

    const taken = await desk.reporter.post(`/api/v1/defect-photos/${photo.id}/void`, { reason: '家长撤回' })
    expect(bodyOf<DefectPhoto>(taken, 201)).toMatchObject({ voidReason: '家长撤回' })
    expect((await desk.reporter.get(content)).status).toBe(404)
    expect(await office.sql('select id from defect_photos where content_cipher is not null')).toEqual([])
    const [looks] = await office.sql<{ n: number }>(
      `select count(*)::int as n from access_log where entity = 'defect-card' and action = 'reveal'`,
    )
    expect(looks!.n).toBeGreaterThan(0)
  })

  it('keeps nothing of where, when and by which device it was taken', async () => {
    const card = await drafted(desk.reporter)
    const bytesOf = async ({ id }: DefectPhoto) => {
      const url = `/api/v1/defect-photos/${id}/content`
      const headers = { authorization: `Bearer ${desk.reporter.token}` }
      return (await office.app.inject({ url, headers })).rawPayload
    }

    const upright = bodyOf<DefectPhoto>(await add(card.id, consent, telephoneJpeg()), 201)
    const turned = bodyOf<DefectPhoto>(await add(card.id, consent, telephoneJpeg(6)), 201)

    expect(await bytesOf(upright)).toEqual(plainJpeg)
    expect(upright.size).toBe(plainJpeg.length)
    const lying = await bytesOf(turned)
    expect([device, latitude].filter((each) => lying.includes(each))).toEqual([])
    expect(lying.length).toBe(turned.size)
    const cut = await add(card.id, consent, telephoneJpeg().subarray(0, 500))
    expect([cut.status, (cut.body as { code: string }).code]).toEqual([422, 'attachment-broken'])
  })

  it('names what is wrong: no consent, no picture, and none of a fetus', async () => {
    const [born, before] = [await drafted(desk.reporter), await drafted(desk.reporter, prenatalContent())]

    expect(wrong(await add(born.id, {}))).toEqual(['/consentBy required'])
    expect(wrong(await add(born.id, { ...consent, consentOn: '2027-01-01' }))).toEqual([
      '/consentOn invalid-date',
    ])
    expect((await add(born.id, consent, Buffer.from('%PDF-1.7'))).status).toBe(415)
    expect(wrong(await add(before.id))).toEqual(['/file fetal-sex'])
    expect((await add(nobody)).status).toBe(404)
  })
})

import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { cardStatuses, type CardStatus } from '@youyu/shared/birth-defects/defect-card-values'
import type { CardRow, DefectCard } from '@youyu/shared/birth-defects/defect-cases'
import { openOffice, type Officer, type TestOffice } from '../../../../test/office.ts'
import {
  approval,
  cardContent,
  finished,
  openSurveillance,
  provinceAnswer,
  stepped,
  submitted,
  type Surveillance,
} from '../../../../test/defect-cards.ts'
import { bodyOf, codeOf } from '../../../../test/register.ts'
import { steps } from '../defect-cases/rules.ts'

let office: TestOffice
let desk: Surveillance
beforeAll(async () => {
  office = await openOffice()
  desk = await openSurveillance(office)
})
afterAll(() => office.close())

const review = (by: Officer, card: DefectCard, body: object = approval) =>
  by.post(`/api/v1/defect-cards/${card.id}/hospital-reviews`, body, { ifMatch: card.version })
const countyReview = (by: Officer, card: DefectCard, body: object = approval) =>
  by.post(`/api/v1/defect-reviews/${card.id}/county-reviews`, body, { ifMatch: card.version })

describe('the review of a card', () => {
  it('goes from the hospital to the county to the province, and every step is told', async () => {
    const final = await finished(desk)

    expect(final.status).toBe('FINAL')
    expect(final.steps.map(({ tier, decision }) => `${tier} ${decision}`)).toEqual([
      'REPORTER SUBMITTED',
      'HOSPITAL APPROVED',
      'COUNTY APPROVED',
      'PROVINCE APPROVED',
      'COUNTY FINAL',
    ])
    expect(final.steps[3]).toMatchObject({ documentNumber: provinceAnswer.documentNumber })
    expect(final.dueOn).toBeNull()
  })

  it('in the hospital is somebody else’s than who wrote the card, and of the same facility', async () => {
    const own = await submitted(desk.chief)
    const card = await submitted(desk.reporter)

    expect(codeOf(await review(desk.chief, own))).toBe('maker-is-checker')
    expect((await review(desk.clinician, card)).status).toBe(403)
    expect((await review(desk.otherChief, card)).status).toBe(404)
    expect(own.isMine).toBe(true)
    const changed = office.sql(
      `update defect_cards set status = 'HOSPITAL_REVIEWED', hospital_reviewed_by = submitted_by, hospital_reviewed_on = '2026-01-15' where id = $1`,
      [card.id],
    )
    await expect(changed).rejects.toThrow('defect_cards_maker_not_reviewer')
  })

  it('returns a card only with the fields that are to be set right; then it begins anew', async () => {
    let card = await stepped(desk.chief, await submitted(desk.reporter), 'hospital-reviews', approval)

    const nameless = await countyReview(desk.mch, card, { decision: 'RETURNED', fields: [] })
    const unknown = await countyReview(desk.mch, card, { decision: 'RETURNED', fields: ['mother.shoeSize'] })
    expect([nameless.status, unknown.status]).toEqual([400, 400])

    card = await stepped(desk.mch, card, 'county-reviews', {
      ...{
        decision: 'RETURNED',
        fields: ['child.weightGrams', 'diagnosis.items.laterality'],
        note: '请核对',
      },
    })
    expect(card).toMatchObject({ status: 'RETURNED', returnedFrom: 'COUNTY' })
    expect(card.returnedFields).toEqual(['child.weightGrams', 'diagnosis.items.laterality'])

    const content = { ...card.content, child: { ...card.content.child, weightGrams: 3050 } }
    card = bodyOf<DefectCard>(
      await desk.reporter.put(`/api/v1/defect-cards/${card.id}`, content, { ifMatch: card.version }),
      200,
    )
    card = bodyOf<DefectCard>(
      await desk.reporter.post(`/api/v1/defect-cards/${card.id}/submissions`, undefined, {
        ifMatch: card.version,
      }),
      201,
    )
    expect(card).toMatchObject({ status: 'SUBMITTED', edition: 2, returnedFields: [] })
    expect(codeOf(await countyReview(desk.mch, card))).toBe('card-not-at-this-step')
  })

  it('needs the province’s document, and a day that has been', async () => {
    let card = await submitted(desk.reporter)
    card = await stepped(desk.chief, card, 'hospital-reviews', approval)
    card = await stepped(desk.mch, card, 'county-reviews', approval)
    const answer = (body: object) =>
      desk.mch.post(`/api/v1/defect-reviews/${card.id}/province-reviews`, body, { ifMatch: card.version })

    const [bare, early, late] = [
      await answer(approval),
      await answer({ ...provinceAnswer, decidedOn: '2026-01-01' }),
      await answer({ ...provinceAnswer, decidedOn: '2027-01-01' }),
    ]

    expect([bare.status, early.status, late.status]).toEqual([400, 400, 400])
    expect((await stepped(desk.mch, card, 'province-reviews', provinceAnswer)).status).toBe(
      'PROVINCE_REVIEWED',
    )
  })

  it('refuses a decision on a card that changed meanwhile', async () => {
    const card = await submitted(desk.reporter)

    const stale = await review(desk.chief, { ...card, version: card.version - 1 })

    expect(stale.status).toBe(412)
  })

  it('is worked off by deadline in the county’s queue', async () => {
    const { items } = bodyOf<{ items: CardRow[] }>(
      await desk.mch.get('/api/v1/defect-reviews?isOpen=true&limit=100'),
      200,
    )

    const due = items.flatMap(({ dueOn }) => dueOn ?? [])
    expect(due.length).toBeGreaterThan(2)
    expect(due).toEqual([...due].sort())
    expect(items.every(({ status }) => status !== 'DRAFT')).toBe(true)
    expect(
      bodyOf<{ items: CardRow[] }>(await desk.otherMch.get('/api/v1/defect-reviews'), 200).items,
    ).toEqual([])
  })
})

type Move = keyof typeof steps
const reviewsOfFinal: readonly Move[] = ['hospital-approve', 'county-approve', 'province-approve', 'close']

describe('the table of steps', () => {
  it('leads to FINAL only through all three reviews since the last submission or correction', () => {
    const moves = Object.keys(steps) as Move[]
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...moves), { maxLength: 60 }), (walk) => {
        let status: CardStatus = 'DRAFT'
        let since: Move[] = []
        for (const move of walk) {
          const { from, to } = steps[move]
          if (!(from as readonly CardStatus[]).includes(status)) continue
          if (to === null) continue
          status = to
          since = move === 'submit' || move === 'correct' ? [] : [...since, move]
          if (status === 'FINAL') expect(since).toEqual(reviewsOfFinal)
        }
      }),
      { numRuns: 300 },
    )
  })

  it('is held by the database too: no status is reached without its reviews', async () => {
    const card = await submitted(desk.reporter)

    for (const status of [
      'HOSPITAL_REVIEWED',
      'COUNTY_REVIEWED',
      'PROVINCE_REVIEWED',
      'FINAL',
      'RETURNED',
      'MERGED',
    ]) {
      expect(status in cardStatuses).toBe(true)
      await expect(
        office.sql(`update defect_cards set status = $2 where id = $1`, [card.id, status]),
      ).rejects.toThrow(/defect_cards_/)
    }
  })

  it('holds against officers who try everything in any order', async () => {
    const tries = ['hospital', 'county', 'province', 'close', 'submit', 'return'] as const
    await fc.assert(
      fc.asyncProperty(fc.array(fc.constantFrom(...tries), { minLength: 4, maxLength: 7 }), async (walk) => {
        let card = bodyOf<DefectCard>(await desk.reporter.post('/api/v1/defect-cards', cardContent()), 201)
        for (const move of walk) {
          const answer = await attempt(move, card)
          if (answer.status === 201) card = answer.body
          else expect([404, 409]).toContain(answer.status)
        }
        const passed = card.steps.filter(({ decision }) => decision === 'APPROVED').map(({ tier }) => tier)
        if (card.status === 'FINAL') expect(passed.slice(-3)).toEqual(['HOSPITAL', 'COUNTY', 'PROVINCE'])
        for (const step of card.steps) expect(step.fields.length > 0).toBe(step.decision === 'RETURNED')
      }),
      { numRuns: 12 },
    )
  })

  async function attempt(move: string, card: DefectCard) {
    const at = { ifMatch: card.version }
    const ofReview = `/api/v1/defect-reviews/${card.id}`
    if (move === 'hospital') return await review(desk.chief, card)
    if (move === 'county') return await countyReview(desk.mch, card)
    if (move === 'province') return await desk.mch.post(`${ofReview}/province-reviews`, provinceAnswer, at)
    if (move === 'close') return await desk.mch.post(`${ofReview}/closings`, undefined, at)
    if (move === 'return')
      return await countyReview(desk.mch, card, { decision: 'RETURNED', fields: ['mother.name'] })
    return await desk.reporter.post(`/api/v1/defect-cards/${card.id}/submissions`, undefined, at)
  }
})

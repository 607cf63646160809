import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { CheckItemSet, CheckItemSetRow } from '@youyu/shared/birth-defects/check-item-sets'
import type { AdviceSheet, CoupleCheck, CoupleCheckRow } from '@youyu/shared/birth-defects/couple-checks'
import type { PreconceptionFollowUp } from '@youyu/shared/birth-defects/preconception'
import type { TorchCaseRow, TorchTest, TorchTestRow } from '@youyu/shared/birth-defects/torch'
import type { Page } from '@youyu/shared/values'
import { openClinic, type Clinic } from '../../../../test/clinic.ts'
import { openOffice, type TestOffice } from '../../../../test/office.ts'
import { bodyOf } from '../../../../test/register.ts'
import { wrongField } from '../../../../test/supplies.ts'

let office: TestOffice
let clinic: Clinic
const today = '2026-08-20'
const url = '/api/v1/couple-checks'

beforeAll(async () => {
  office = await openOffice()
  office.setNow(new Date(`${today}T09:00:00+08:00`))
  clinic = await openClinic(office)
})
afterAll(() => office.close())

const woman = () => clinic.woman()
const man = () => clinic.woman({ name: '李强', sex: '1', birthDate: '1993-02-01' })
const party = (results: object = {}, given: object = {}) => ({
  ...{ infectionConsent: true, itemsDone: [], results },
  ...given,
})
const hers = { HB: 122, HEIGHT: 160, WEIGHT: 55, SYPHILIS: 'NEG', RUB_IGG: 'POS' }
const aCheck = async (given: object = {}) => ({
  ...{ kind: 'PRECONCEPTION', womanId: (await woman()).id, manId: (await man()).id, occurredOn: today },
  ...{ her: party(hers), him: party({ SYPHILIS: 'NEG' }) },
  ...given,
})
const record = async (given: object = {}, options = {}) =>
  await clinic.clinician.post(url, await aCheck(given), options)
const recorded = async (given: object = {}) => bodyOf<CoupleCheck>(await record(given), 201)
const linksOf = async (chainId: string | null) =>
  Object.fromEntries(
    (
      await office.sql<{ item: string; state: string }>(
        'select item, state from chain_links where chain_id = $1',
        [chainId],
      )
    ).map(({ item, state }) => [item, state]),
  )

describe('a preconception check', () => {
  test('has 19 items for her and 14 for him, each version with its source', async () => {
    const set = bodyOf<CheckItemSet>(await clinic.clinician.get('/api/v1/check-item-sets/PRECONCEPTION'), 200)

    expect(set.items).toHaveLength(19)
    expect(set.items.filter(({ parties }) => parties.includes('HIM'))).toHaveLength(14)
    expect(set.source).toMatch(/377\.8-2020/)
  })

  test('has versions of the county’s own from their day on, listed beside the one it was given', async () => {
    const manager = await office.officer('county_mch', '371121000000')
    const base = '/api/v1/check-item-sets'
    const given = bodyOf<CheckItemSet>(await manager.get(`${base}/PRECONCEPTION`), 200)
    const { items, elements, rules, followUp, nameZh, nameEn } = given
    const body = {
      ...{ items, elements, followUp, nameZh, nameEn, source: '县卫健局文件', reason: '减去一条判定' },
      ...{ rules: rules.slice(1), effectiveFrom: '2026-09-01' },
    }
    const list = async () =>
      bodyOf<{ items: CheckItemSetRow[] }>(await manager.get(base), 200).items.filter(
        ({ code }) => code === 'PRECONCEPTION',
      )

    const own = bodyOf<CheckItemSet>(await manager.post(`${base}/PRECONCEPTION`, body), 201)

    expect(own).toMatchObject({ version: 1, isOwn: true })
    expect(await list()).toMatchObject([
      { version: 1, isOwn: true, isInForce: false, rules: rules.length - 1, source: '县卫健局文件' },
      { version: given.version, isOwn: false, isInForce: true, rules: rules.length },
    ])
    const [named, former] = [
      bodyOf<CheckItemSet>(await manager.get(`${base}/PRECONCEPTION?version=1`), 200),
      bodyOf<CheckItemSet>(
        await manager.get(`${base}/PRECONCEPTION?version=${given.version}&given=true`),
        200,
      ),
    ]
    expect([named.rules.length, former.rules.length]).toEqual([rules.length - 1, rules.length])
    expect((await clinic.clinician.post(`${base}/PRECONCEPTION`, body)).status).toBe(403)
  })

  test('is kept for the couple, judged by the rules, and tells the chain', async () => {
    const check = await recorded({ her: party({ ...hers, CONSANGUINITY: true, RH: 'NEG' }) })

    expect(check).toMatchObject({ risk: 'HIGH_RISK', hisRisk: 'GENERAL', reasons: ['CONSANGUINITY'] })
    expect(check.her).toMatchObject({ results: { HB: 122 }, person: { age: 31 } })
    expect(check.her?.itemsDone).toContain('BLOOD_COUNT')
    expect(await linksOf(check.chainId)).toMatchObject({ PRECONCEPTION: 'DONE', TORCH: 'DONE' })
    const [row] = await office.sql<{ text: string }>(
      `select encode(results_cipher, 'escape') as text from couple_check_parties where check_id = $1 and party = 'HER'`,
      [check.id],
    )
    expect(row!.text).not.toMatch(/CONSANGUINITY|"HB"/)
  })

  test('is recorded also where one comes alone, and completed when the other comes', async () => {
    const alone = await recorded({ him: null, her: party({ RH: 'NEG' }) })

    const both = await clinic.clinician.post(`${url}/${alone.id}/corrections`, {
      ...{ set: { him: party({ RH: 'POS' }) }, reason: '男方补检' },
    })

    expect(alone).toMatchObject({ came: ['HER'], risk: 'GENERAL' })
    expect(bodyOf<CoupleCheck>(both, 201)).toMatchObject({
      ...{ came: ['HER', 'HIM'], reasons: ['RH_COUPLE'], replaces: alone.id, hisRisk: 'HIGH_RISK' },
    })
    const before = await clinic.clinician.get(`${url}/${alone.id}`)
    expect(bodyOf<CoupleCheck>(before, 200)).toMatchObject({ voidReason: '男方补检' })
    expect(await linksOf(alone.chainId)).toMatchObject({ PRECONCEPTION: 'DONE' })
  })

  test('makes tests of her serology, and a case of what they call for; both go with it', async () => {
    const check = await recorded({ her: party({ CMV_IGM: 'POS', CMV_IGG: 'NEG', TOX_IGM: 'NEG' }) })
    const clientId = check.woman!.id
    const listed = async () =>
      bodyOf<Page<TorchTestRow>>(await clinic.clinician.get(`/api/v1/torch-tests?clientId=${clientId}`), 200)
    const cases = async () =>
      bodyOf<Page<TorchCaseRow>>(await clinic.clinician.get(`/api/v1/torch-cases?clientId=${clientId}`), 200)

    const [test] = (await listed()).items
    const found = bodyOf<TorchTest>(await clinic.clinician.get(`/api/v1/torch-tests/${test!.id}`), 200)
    expect(found).toMatchObject({ checkId: check.id, stage: 'PRECONCEPTION', actionable: ['CMV'] })
    expect((await cases()).items).toMatchObject([{ agent: 'CMV', state: 'FOUND', retestTo: '2026-09-10' }])
    const voided = await clinic.clinician.post(`${url}/${check.id}/void`, { reason: '录错人' })
    expect(voided.status).toBe(201)
    expect((await listed()).items).toEqual([])
    expect((await cases()).items).toEqual([])
    expect((await linksOf(check.chainId)).PRECONCEPTION).not.toBe('DONE')
  })

  test('shows by a dry run what it would come to, and keeps nothing', async () => {
    const body = await aCheck({ her: party({ HB: 95 }) })

    const preview = await clinic.clinician.post(`${url}?dryRun=true`, body)

    expect(preview.status).toBe(200)
    expect(preview.body).toMatchObject({ before: null, after: { risk: 'HIGH_RISK', reasons: ['HB'] } })
    const { items } = bodyOf<Page<CoupleCheckRow>>(
      await clinic.clinician.get(`${url}?clientId=${body.womanId}`),
      200,
    )
    expect(items).toEqual([])
  })

  test('names what is wrong', async () => {
    const faultOf = async (given: object) => wrongField(await record(given)).slice(1)

    expect(await faultOf({ occurredOn: '2026-08-21' })).toEqual(['/occurredOn', 'invalid-date'])
    expect(await faultOf({ her: null, him: null })).toEqual(['/her', 'required'])
    expect(await faultOf({ womanId: null })).toEqual(['/womanId', 'required'])
    expect(await faultOf({ womanId: (await man()).id })).toEqual(['/womanId', 'invalid-value'])
    expect(await faultOf({ her: party({ HB: 900 }) })).toEqual(['/her/results/HB', 'invalid-value'])
    expect(await faultOf({ her: party({ NO_SUCH: 1 }) })).toEqual(['/her/results/NO_SUCH', 'unknown-field'])
    expect(await faultOf({ him: party({ RUB_IGG: 'NEG' }) })).toEqual([
      '/him/results/RUB_IGG',
      'unknown-field',
    ])
    expect(await faultOf({ her: party({ SYPHILIS: 'NEG' }, { infectionConsent: false }) })).toEqual([
      '/her/results/SYPHILIS',
      'consent-required',
    ])
    expect(await faultOf({ her: party({}, { opinion: '4' }) })).toEqual(['/her/opinion', 'invalid-value'])
    expect(await faultOf({ her: party({ DRUG_NAME: '医生说是男孩' }) })).toEqual([
      '/her/results/DRUG_NAME',
      'fetal-sex',
    ])
    expect(await faultOf({ advice: '胎儿是女孩' })).toEqual(['/advice', 'fetal-sex'])
  })

  test('is seen by its own facility, by no other and no bureau, and every look is logged', async () => {
    const check = await recorded()
    const county = await office.officer('county_mch', '371121000000')

    expect((await clinic.neighbour.get(`${url}/${check.id}`)).status).toBe(404)
    expect((await clinic.stranger.get(`${url}/${check.id}`)).status).toBe(404)
    expect((await county.get(`${url}/${check.id}`)).status).toBe(403)
    expect((await clinic.clerk.post(url, await aCheck())).status).toBe(403)
    expect((await clinic.neighbour.post(`${url}/${check.id}/void`, { reason: '不是我' })).status).toBe(404)
    await clinic.clinician.get(`${url}/${check.id}`)
    const [{ looks } = { looks: 0 }] = await office.sql<{ looks: number }>(
      `select count(*)::int as looks from access_log where entity = 'couple-check' and action = 'view' and not 'list' = any(coalesce(fields, '{}'))`,
    )
    expect(looks).toBeGreaterThanOrEqual(2)
  })

  test('is recorded once, however often it is sent', async () => {
    const body = await aCheck()

    const first = await clinic.clinician.post(url, body, { key: 'check-1' })
    const second = await clinic.clinician.post(url, body, { key: 'check-1' })

    expect((first.body as CoupleCheck).id).toBe((second.body as CoupleCheck).id)
  })

  test('goes home as an advice sheet in plain words', async () => {
    const check = await recorded({ her: party({ HB: 95, SYSTOLIC: 145 }), advice: '先补铁，一个月后复查。' })

    const sheet = bodyOf<AdviceSheet>(await clinic.clinician.get(`${url}/${check.id}/advice-sheet`), 200)

    expect(sheet.reasons.map(({ reasonZh }) => reasonZh)).toEqual([
      '女方收缩压 ≥ 140 mmHg',
      '女方贫血（血红蛋白 < 110 g/L）',
    ])
    expect(sheet.unusual).toEqual([
      { party: 'HER', element: 'SYSTOLIC' },
      { party: 'HER', element: 'HB' },
    ])
    expect(sheet.check.advice).toBe('先补铁，一个月后复查。')
  })
})

describe('contacts after a preconception check', () => {
  const contacts = async (clientId: string) =>
    bodyOf<Page<PreconceptionFollowUp>>(
      await clinic.clinician.get(`/api/v1/preconception-follow-ups?clientId=${clientId}`),
      200,
    ).items

  test('ask for the early pregnancy, and after it for the outcome', async () => {
    const check = await recorded({ occurredOn: '2026-04-01', her: party({}), him: null })
    const [first] = await contacts(check.woman!.id)
    const done = {
      ...{ state: 'DONE', contactedOn: today, isPregnant: true, lastMenstruationOn: '2026-07-01' },
      tookFolicAcid: true,
    }
    const send = (body: object, version = 1) =>
      clinic.clinician.patch(`/api/v1/preconception-follow-ups/${first!.id}`, body, { ifMatch: version })

    expect(first).toMatchObject({ contact: 'EARLY_PREGNANCY', dueFrom: '2026-06-30', state: 'PLANNED' })
    expect(wrongField(await send({ ...done, lastMenstruationOn: null })).slice(1)).toEqual([
      '/lastMenstruationOn',
      'required',
    ])
    expect((await send(done)).status).toBe(200)
    expect((await contacts(check.woman!.id)).at(-1)).toMatchObject({
      ...{ contact: 'OUTCOME', dueFrom: '2027-04-07', dueTo: '2027-05-19' },
    })
    expect((await send(done, 2)).status).toBe(409)
  })

  test('end for good where she declines', async () => {
    const check = await recorded({ occurredOn: '2026-04-01' })
    const [first] = await contacts(check.woman!.id)

    await clinic.clinician.patch(
      `/api/v1/preconception-follow-ups/${first!.id}`,
      { state: 'DECLINED', contactedOn: today },
      { ifMatch: 1 },
    )

    expect(await contacts(check.woman!.id)).toMatchObject([{ state: 'DECLINED' }])
  })
})

describe('a premarital check', () => {
  test('has an opinion for each, which is advice and hinders nobody from marrying', async () => {
    const { id: womanId } = await woman()
    const { id: manId } = await man()
    const check = await recorded({
      ...{ kind: 'PREMARITAL', womanId, manId, counselled: true },
      her: party({ CHEST_RESULT: 'NORMAL', HIV: 'NEG' }, { opinion: '3' }),
      him: party({ HIV: 'NEG' }, { opinion: '4' }),
    })

    const married = await clinic.clerk.post('/api/v1/marriages', {
      ...{
        event: 'MARRY',
        occurredOn: today,
        partyA: manId,
        partyB: womanId,
      },
    })

    expect(check).toMatchObject({ opinions: ['3', '4'], counselled: true })
    expect(await linksOf(check.chainId)).toMatchObject({ PREMARITAL: 'DONE' })
    expect(married.status, married.text).toBe(201)
  })

  test('has no field for a fee', async () => {
    const refused = await record({ kind: 'PREMARITAL', fee: 10 })

    expect(wrongField(refused)).toEqual([400, '/fee', 'unknown-field'])
  })

  test('is offered after the marriage registration only to a couple that agrees', async () => {
    const { id: womanId } = await woman()
    const { id: manId } = await man()
    const married = bodyOf<{ id: string }>(
      await clinic.clerk.post('/api/v1/marriages', {
        ...{
          event: 'MARRY',
          occurredOn: today,
          partyA: manId,
          partyB: womanId,
        },
      }),
      201,
    )
    const refer = (given: object) =>
      clinic.clerk.post('/api/v1/premarital-referrals', {
        ...{ marriageId: married.id, agreed: true, on: today, facilityId: clinic.station.id, ...given },
      })
    const chains = () => office.sql<{ id: string }>('select id from chains where woman_id = $1', [womanId])

    const declined = await refer({ agreed: false })
    expect(declined.body).toEqual({ isOffered: false, facilityName: null })
    expect(await chains()).toEqual([])
    const offered = await refer({})
    expect(offered.body, offered.text).toMatchObject({ isOffered: true })
    const [chain] = await chains()
    expect(await linksOf(chain!.id)).toMatchObject({ PREMARITAL: 'OFFERED' })
    expect(wrongField(await refer({ facilityId: clinic.farStation.id })).slice(1)).toEqual([
      '/facilityId',
      'not-found',
    ])
    expect(wrongField(await refer({ womanId })).slice(1)).toEqual(['/womanId', 'required'])
    const villager = await office.officer('county_mch', '371121000000')
    expect((await villager.post('/api/v1/premarital-referrals', {})).status).toBe(403)
  })
})

import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openDemo, type Demo } from './demo.ts'
import { expectAccessible, expectFits, settled, type Visitor } from './visitor.ts'

const DAY = 86_400_000
const phone = { viewport: { width: 390, height: 844 }, colorScheme: 'dark', hasTouch: true } as const

let demo: Demo
const visitors: Visitor[] = []

type Id = { id: string }
type Versioned = Id & { version: number }
type Listed = { items: { id: string; name: string; birthDate: string }[] }

const today = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai' }).format(new Date())
const after = (day: string, days: number) => new Date(Date.parse(day) + days * DAY).toISOString().slice(0, 10)
const ago = (days: number) => after(today, -days)

/** Her story, told today at its true days: married two years ago, her child one year old this week. */
const married = ago(760)
const menses = ago(652)
const born = after(menses, 276)

let woman: Listed['items'][number]
let man: Listed['items'][number]
let chainId: string
let pregnancyId: string
let childId: string
let cardId: string

async function unmarried(sex: '1' | '2'): Promise<Listed['items'][number]> {
  const query = `sex=${sex}&ageFrom=25&ageTo=33&status=ACTIVE&residenceStatus=1&limit=100`
  const { items } = await demo.ask<Listed>('demo-county-population', `/persons?${query}`)
  for (const person of items) {
    if (items.filter(({ name }) => name === person.name).length > 1) continue
    const { maritalStatus } = await demo.ask<{ maritalStatus: string | null }>(
      'demo-county-population',
      `/persons/${person.id}`,
    )
    if (maritalStatus === '10') return person
  }
  throw new Error('everybody is married')
}

/** As a laboratory's own system does it: with the credentials of a client of its own. */
async function returnResults(organisationId: string, batch: object): Promise<object> {
  const { client, secret } = await demo.ask<{ client: Id; secret: string }>(
    'demo-sys-admin',
    '/api-clients',
    {
      ...{
        name: '筛查中心信息系统',
        scopes: ['care.lab'],
        purposes: ['SERVICE'],
        divisionPrefix: '371121',
        organisationId,
      },
    },
  )
  const token = await fetch(`${demo.url}/oauth/token`, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({
      grant_type: 'client_credentials',
      client_id: client.id,
      client_secret: secret,
    }),
  })
  const { access_token: accessToken } = (await token.json()) as { access_token: string }
  const answer = await fetch(`${demo.url}/api/v1/lab-batches`, {
    method: 'POST',
    headers: { authorization: `Bearer ${accessToken}`, 'content-type': 'application/json' },
    body: JSON.stringify(batch),
  })
  if (!answer.ok) throw new Error(await answer.text())
  return (await answer.json()) as object
}

async function sit(role: string): Promise<Visitor> {
  const visitor = await demo.visitorAs(`demo-${role}`)
  visitors.push(visitor)
  return visitor
}

async function fillDay(page: Page, label: RegExp, day: string): Promise<void> {
  const field = page.getByLabel(label)
  await field.fill(day)
  await field.press('Enter')
  await field.press('Escape')
}

/** A mark of the timeline by what it says: `NT 超声，本人谢绝`. */
const item = (page: Page, words: string) =>
  page.locator('.board').getByRole('button', { name: new RegExp(`^${words.split('，').join('\\s*，\\s*')}`) })

beforeAll(async () => {
  demo = await openDemo()
  ;[woman, man] = await Promise.all([unmarried('2'), unmarried('1')])
})
afterAll(() => demo.close())

describe('from the marriage to the first birthday', () => {
  test('the registry tells the couple of the free check and refers them, as they agree', async () => {
    const { id } = await demo.ask<Id>('demo-county-population', '/marriages', {
      ...{ event: 'MARRY', occurredOn: married, partyA: woman.id, partyB: man.id },
    })
    const { page } = await sit('county-population')
    await page.goto(`/events?of=marriages&open=${id}`)
    await page.getByRole('button', { name: '婚前检查转介' }).click()
    const dialog = page.getByRole('dialog', { name: '婚前检查转介' })
    await dialog.getByLabel('双方同意由机构联系').check()
    const picker = dialog.getByLabel(/检查机构/)
    await picker.fill('妇幼保健计划')
    await page.getByRole('option', { name: /妇幼保健计划生育服务中心/ }).click()
    await expectAccessible(page)
    await dialog.getByRole('button', { name: '登记' }).click()
    await page.getByText(/已转介：/).waitFor()
  })

  test('the clinician opens her chain, and checks the couple before the pregnancy', async () => {
    const { page } = await sit('station-clinician')
    await page.goto(`/birth-defect-chains/${woman.id}`)
    await settled(page)
    if ((await page.getByRole('button', { name: '建立档案' }).count()) > 0) {
      await page.getByRole('button', { name: '建立档案' }).click()
      const dialog = page.getByRole('dialog', { name: '建立档案' })
      await dialog.getByText('婚前', { exact: true }).click()
      await fillDay(page, /^建档日期/, after(married, 3))
      await fillDay(page, /^婚姻登记日期/, married)
      await expectAccessible(page)
      await dialog.getByRole('button', { name: '建立档案' }).click()
    }
    await page.getByRole('heading', { name: `${woman.name} 的优生监护档案` }).waitFor()
    const { items } = await demo.ask<{ items: Id[] }>(
      'demo-station-clinician',
      `/persons/${woman.id}/birth-defect-chain`,
    )
    chainId = items[0]!.id

    const came = (results: object) => ({ infectionConsent: true, itemsDone: [], results })
    const couple = { womanId: woman.id, manId: man.id, counselled: true }
    const her = { HEIGHT: 161, WEIGHT: 54, HB: 121, SYPHILIS: 'NEG' }
    for (const [kind, on] of [
      ['PREMARITAL', after(married, 5)],
      ['PRECONCEPTION', after(menses, -110)],
    ])
      await demo.ask('demo-station-clinician', '/couple-checks', {
        ...{ ...couple, kind, occurredOn: on, advisedOn: on, her: came(her), him: came({ SYPHILIS: 'NEG' }) },
      })
  })

  test('a positive virus test is followed until it is cleared, and she takes folic acid', async () => {
    const serology = (igm: string) => [{ agent: 'TOX', igg: 'NEG', igm }]
    const tested = (occurredOn: string, igm: string) =>
      demo.ask<{ results: { caseId: string | null }[] }>('demo-station-clinician', '/torch-tests', {
        ...{ clientId: woman.id, occurredOn, stage: 'PRECONCEPTION', results: serology(igm) },
      })
    const { results } = await tested(after(menses, -100), 'POS')
    const url = `/torch-cases/${results[0]!.caseId}/steps`
    const step = (state: string, days: number, given: object = {}) =>
      demo.ask('demo-station-clinician', url, { state, occurredOn: after(menses, days), ...given })
    await step('NOTIFIED', -98)
    await step('COUNSELLED', -97)
    await tested(after(menses, -80), 'NEG')
    await step('CLOSED', -79, { closing: 'CLEARED' })

    const { items } = await demo.ask<{ items: { id: string; name: string }[] }>(
      'demo-pharmacist',
      '/supply-stores',
    )
    const storeId = items.find(({ name }) => name.includes('门诊'))!.id
    await demo.ask('demo-station-clinician', '/folic-acid-issues', {
      ...{ clientId: woman.id, occurredOn: today, storeId, itemCode: 'YS401', boxes: 1, startsOn: today },
    })
  })

  test('pregnant, she is cared for; what she declines stays declined', async () => {
    ;({ id: pregnancyId } = await demo.ask<Id>('demo-station-clinician', '/pregnancies', {
      ...{ womanId: woman.id, channel: 'STATION', contactConsent: true, lastMenstruationOn: menses },
      ...{ registeredOn: after(menses, 52), riskColour: 'GREEN' },
    }))
    for (const days of [70, 124, 160, 215, 264])
      await demo.ask('demo-station-clinician', '/antenatal-contacts', {
        ...{
          pregnancyId,
          occurredOn: after(menses, days),
          values: { systolic: 112, diastolic: 70, weightKilograms: 58 },
        },
      })

    const { page } = visitors[1]!
    await page.goto(`/birth-defect-chains/${woman.id}`)
    await item(page, 'NT 超声').click()
    const panel = page.getByRole('region', { name: 'NT 超声' })
    await panel.getByRole('button', { name: '本人谢绝' }).click()
    await fillDay(page, /^日期/, after(menses, 85))
    await page.getByRole('button', { name: '保存' }).click()
    await item(page, 'NT 超声，本人谢绝').waitFor()
    await page.getByText(/^本人已谢绝/).waitFor()
    await expectAccessible(page)
  })

  test('a high risk is told, counselled, diagnosed and followed, step by step', async () => {
    const on = after(menses, 115)
    const screened = (kind: string, day: string, values: object) =>
      demo.ask<{ caseId: string | null }>('demo-station-clinician', '/prenatal-screens', {
        ...{ womanId: woman.id, pregnancyId, kind, offeredOn: day, counsellor: '李医生', understood: true },
        ...{ decision: 'AGREED', takenOn: day, report: { reportedOn: after(day, 3), values } },
      })
    const { caseId } = await screened('SERUM', on, { t21OneIn: 120, t18OneIn: 9000, afpMom: 1 })
    const { page } = visitors[1]!
    await page.goto(`/prenatal/cases/${caseId}`)
    await settled(page)
    await page.getByText('高风险，待联系').first().waitFor()
    await expectAccessible(page)

    const counselled = {
      counsellor: '赵教授',
      options: ['CONTINUE_WITH_SUPPORT', 'DIAGNOSIS', 'NO_FURTHER_TEST'],
    }
    const stand = () =>
      demo.ask<Versioned & { state: string }>('demo-station-clinician', `/screen-positives/${caseId}`)
    const step = async (to: string, days: number, given: object = {}) => {
      const { version, state } = await stand()
      if (state === to) return
      const next = { to, on: after(menses, days), ...given }
      await demo.ask('demo-station-clinician', `/screen-positives/${caseId}/steps`, next, { version })
    }
    await step('CONTACTED', 119, { mode: 'PHONE' })
    await step('COUNSELLED', 120, counselled)
    await step('DX_OFFERED', 120, counselled)
    const { id: diagnosisId } = await demo.ask<Id>('demo-station-clinician', '/prenatal-diagnoses', {
      ...{
        womanId: woman.id,
        pregnancyId,
        caseId,
        indications: ['HIGH_RISK'],
        offeredOn: after(menses, 120),
      },
      ...{
        counsellor: '赵教授',
        understood: true,
        decision: 'AGREED',
        method: 'AMNIO',
        performedOn: after(menses, 128),
      },
      ...{
        tests: ['KARYOTYPE'],
        result: 'NORMAL',
        reportedOn: after(menses, 144),
        counselledOn: after(menses, 145),
      },
    })
    if ((await stand()).state === 'DX_OFFERED') await step('DX_DONE', 128, { diagnosisId })
    await step('NORMAL', 145)
    await step('CONTINUE', 146)
    await screened('ANOMALY_SCAN', after(menses, 150), { scan: 'NORMAL' })
    await screened('OGTT', after(menses, 176), { glucose0h: 4.6, glucose1h: 8, glucose2h: 6.8 })
  })

  test('her child is born; the laboratory returns the blood spot over the API', async () => {
    const birth = await demo.ask<{ child: Id }>('demo-station-clinician', '/births', {
      ...{ motherId: woman.id, fatherId: man.id, pregnancyId, occurredOn: born, sex: '1', place: 'HOSPITAL' },
      ...{ gestation: { weeks: 39, days: 3 }, weightGrams: 3300, child: { name: `${man.name[0]}小宝` } },
    })
    childId = birth.child.id
    await demo.ask('demo-station-clinician', '/hearing-screens', {
      ...{ childId, stage: 'FIRST', occurredOn: after(born, 2), method: 'OAE', left: 'PASS', right: 'PASS' },
    })
    await demo.ask('demo-station-clinician', '/cchd-screens', {
      ...{ childId, occurredOn: after(born, 1), hoursAfterBirth: 24, murmurGrade: 0, hand: 98, foot: 98 },
    })
    const { items } = await demo.ask<{ items: { id: string; code: string }[] }>(
      'demo-county-population',
      '/organisations?limit=100',
    )
    const labId = items.find(({ code }) => code === 'DEMO-L')!.id
    const { barcode } = await demo.ask<{ barcode: string }>('demo-station-clinician', '/lab-orders', {
      ...{
        clientId: childId,
        labId,
        panelCode: 'BLOOD_SPOT',
        orderedOn: after(born, 3),
        collectedOn: after(born, 3),
      },
    })
    const rows = ['PKU', 'CH'].map((analyte) => ({
      barcode,
      analyte,
      number: 1.5,
      measuredOn: after(born, 6),
    }))
    const batch = await returnResults(labId, { reference: 'J-1', rows })
    expect(batch).toMatchObject({ accepted: 2, rejected: 0 })

    const { page } = visitors[1]!
    await page.goto(`/birth-defect-chains/${childId}`)
    await settled(page)
    for (const name of ['新生儿足跟血筛查，已完成', '新生儿听力筛查，已完成', '先天性心脏病筛查，已完成'])
      await item(page, name).waitFor()
    await expectAccessible(page)
  })

  test('a defect is reported, and reviewed by hospital and county', async () => {
    const blank = { recordNumber: null, zygosity: null, history: null, relation: null, phone: null }
    const { division } = await demo.ask<{ division: { code: string } }>('demo-midwifery-reporter', '/me')
    const draft = await demo.ask<Versioned>('demo-midwifery-reporter', '/defect-cards', {
      division: division.code,
      links: { chainId, motherId: woman.id, childId, pregnancyId, birthId: null },
      mother: {
        ...{
          recordNumber: 'Z1',
          name: woman.name,
          ethnic: '01',
          birthDate: woman.birthDate,
          age: null,
          residenceKind: 'RURAL',
        },
        ...{ address: '演示', phone: blank.phone, incomeBand: '3', education: '4', gravida: 1, para: 1 },
      },
      child: {
        ...{
          recordNumber: null,
          bornOn: born,
          bornAt: '08:30',
          gestationDays: 276,
          weightGrams: 3300,
          plurality: 1,
        },
        ...{ sequence: 1, zygosity: null, sex: '1', outcome: 'LIVE', isInduced: false },
      },
      diagnosis: {
        ...{
          basis: ['CLINICAL'],
          basisWords: null,
          on: after(born, 1),
          when: 'WITHIN_7D',
          gestationDays: null,
        },
        items: [{ icd10: 'Q69.0', laterality: 'L', description: '左手六指' }],
      },
      exposures: { codes: [], illness: null, drugs: null, hazards: null },
      family: {
        ...{
          stillbirths: 0,
          spontaneousAbortions: 0,
          defectChildren: 0,
          defectNames: null,
          hasHistory: false,
        },
        ...{ history: blank.history, isConsanguineous: false, relation: blank.relation },
      },
      report: { name: '王助产', title: '主管护师', filledOn: after(born, 2) },
    })
    cardId = draft.id
    await demo.ask('demo-midwifery-reporter', `/defect-cards/${cardId}/submissions`, undefined, {
      method: 'POST',
      version: draft.version,
    })

    for (const [role, path] of [
      ['chief-clinician', `/defect-cards/${cardId}`],
      ['county-mch', `/defect-reviews/${cardId}`],
    ] as const) {
      const { page } = await sit(role)
      await page.goto(path)
      await settled(page)
      await expectAccessible(page)
      await page
        .getByRole('button', { name: '审核通过' })
        .or(page.getByRole('button', { name: /^通过/ }))
        .first()
        .click()
      await page
        .getByText(/县级已审|医院已审/)
        .first()
        .waitFor()
    }
  })

  test('the child is followed until the first birthday, and the high risk to its outcome', async () => {
    const { items } = await demo.ask<{ items: Versioned[] }>(
      'demo-chief-clinician',
      `/child-follow-ups?childId=${childId}`,
    )
    const { id, version } = items[0]!
    const agreed = { consent: 'GIVEN', on: after(born, 20), by: 'MOTHER' }
    await demo.ask('demo-chief-clinician', `/child-follow-ups/${id}/consent`, agreed, {
      method: 'PUT',
      version,
    })
    type Followed = { visits: (Versioned & { item: string; dueOn: string })[] }
    const { visits } = await demo.ask<Followed>('demo-chief-clinician', `/child-follow-ups/${id}`)
    for (const age of ['CHILD_42D', 'CHILD_3M', 'CHILD_6M', 'CHILD_12M']) {
      const visit = visits.find((one) => one.item === age)!
      const done = {
        state: 'DONE',
        on: visit.dueOn > today ? today : visit.dueOn,
        mode: 'VISIT',
        outcome: 'IMPROVED',
      }
      await demo.ask('demo-chief-clinician', `/child-visits/${visit.id}/outcome`, done, {
        method: 'PUT',
        version: visit.version,
      })
    }
    const open = await demo.ask<{ items: (Versioned & { state: string })[] }>(
      'demo-station-clinician',
      `/screen-positives?womanId=${woman.id}`,
    )
    const found = open.items.find(({ state }) => state === 'CONTINUE')!
    const outcome = { to: 'OUTCOME_RECORDED', on: after(born, 45), outcome: 'CHILD_WITH_DEFECT' }
    await demo.ask('demo-station-clinician', `/screen-positives/${found.id}/steps`, outcome, {
      version: found.version,
    })

    const { page } = visitors[1]!
    await page.goto(`/birth-defect-chains/${childId}`)
    await settled(page)
    await item(page, '12月龄随访，已完成').waitFor()
    expect(await page.locator('.board .finding').count()).toBe(0)
  })
})

describe('the county', () => {
  test('plans all chains anew: she is not offered again what she declined', async () => {
    const { page } = visitors.at(-1)!
    await page.goto('/birth-defect-schedules')
    await settled(page)
    await expectAccessible(page)
    await page.getByRole('button', { name: '现在重新安排' }).click()
    await page
      .getByText(/新建 \d+ 份/)
      .first()
      .waitFor()
    await page.waitForTimeout(1500)

    const clinician = visitors[1]!.page
    await clinician.goto(`/birth-defect-chains/${woman.id}`)
    await item(clinician, 'NT 超声，本人谢绝').waitFor()
    await item(clinician, 'NT 超声，本人谢绝').click()
    expect(await clinician.getByRole('button', { name: '已告知' }).count()).toBe(0)
  })

  test('reads its cascade, and nobody in it', async () => {
    const { page } = visitors.at(-1)!
    await page.goto('/birth-defect-cascade')
    await settled(page)
    await page.getByText('叶酸').first().waitFor()
    await expectAccessible(page)
    expect(await page.locator('main').innerText()).not.toContain(woman.name)
  })

  test('the chain fits a phone in the dark', async () => {
    const visitor = await demo.visitorAs('demo-station-clinician', phone)
    for (const path of [`/birth-defect-chains/${woman.id}`, '/birth-defect-work']) {
      await visitor.page.goto(path)
      await settled(visitor.page)
      await expectFits(visitor.page)
      await expectAccessible(visitor.page)
    }
    expect([...visitors, visitor].flatMap(({ complaints }) => complaints)).toEqual([])
  })
})

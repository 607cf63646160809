import type { PositiveCase } from '@youyu/shared/birth-defects/prenatal-cases'
import type { PrenatalScreen } from '@youyu/shared/birth-defects/prenatal'
import type { TorchTest } from '@youyu/shared/birth-defects/torch'
import type { Page } from '@youyu/shared/values'
import { takeOver, type Chains } from './chains.ts'
import { day, enter, look } from './front-door.ts'

type Expecting = { id: string; womanId: string; menstruatedOn: string; weeks: number; place: number }

const DAY = 86_400_000
const after = (on: string, days: number) => day(on, -days)
const reached = ({ weeks }: Expecting, days: number) => weeks * 7 > days + 4

async function expecting({ clinician, today }: Chains): Promise<Expecting[]> {
  const { items } = await look<Page<{ id: string; woman: { id: string }; expectedOn: string }>>(
    clinician,
    '/api/v1/pregnancies?status=REGISTERED&limit=30',
  )
  return items.map(({ id, woman, expectedOn }, place) => {
    const menstruatedOn = day(expectedOn, 280)
    const weeks = Math.floor((Date.parse(today) - Date.parse(menstruatedOn)) / DAY / 7)
    return { id, womanId: woman.id, menstruatedOn, weeks, place }
  })
}

const negative = ['TOX', 'RUB', 'CMV', 'HSV'].map((agent) => ({
  agent,
  igg: agent === 'RUB' || agent === 'CMV' ? 'POS' : 'NEG',
  igm: 'NEG',
}))

/** Tested early; one of them positive, told and counselled, and its retest awaited, another one cleared. */
async function monitorViruses({ clinician }: Chains, her: Expecting): Promise<void> {
  const on = after(her.menstruatedOn, 58)
  const isPositive = her.place === 2 || her.place === 5
  const results = negative.map((result) =>
    isPositive && result.agent === 'TOX' ? { ...result, igm: 'POS' } : result,
  )
  const test = (occurredOn: string, found: object[]) =>
    enter<TorchTest>(clinician, '/api/v1/torch-tests', {
      ...{ clientId: her.womanId, occurredOn, stage: 'EARLY_PREGNANCY', results: found },
    })
  const first = await test(on, results)
  await enter(clinician, `/api/v1/torch-tests/${first.id}/confirmation`, {
    confirmedOn: after(on, 1),
    advice: [],
  })
  const caseId = first.results.find((result) => result.caseId)?.caseId
  if (!caseId) return
  const step = (state: string, days: number, given: object = {}) =>
    enter(clinician, `/api/v1/torch-cases/${caseId}/steps`, { state, occurredOn: after(on, days), ...given })
  await step('NOTIFIED', 2)
  await step('COUNSELLED', 3)
  if (her.place === 2) return
  await test(after(on, 20), negative)
  await step('CLOSED', 21, { closing: 'CLEARED' })
}

async function handOutFolicAcid({ clinician, storeId, today }: Chains, her: Expecting): Promise<void> {
  const on = after(her.menstruatedOn, 44)
  if (her.place % 4 === 3 || on > today) return
  await enter(clinician, '/api/v1/folic-acid-issues', {
    ...{
      clientId: her.womanId,
      occurredOn: on,
      storeId,
      itemCode: 'YS401',
      boxes: her.place % 3 === 0 ? 1 : 2,
    },
    ...{ startsOn: on, lastMenstruationOn: her.menstruatedOn },
  })
}

/** Visits as they fell due; one woman's blood pressure rises, another one is anaemic. */
async function visit({ clinician }: Chains, her: Expecting): Promise<void> {
  for (const [step, days] of [72, 124, 160, 210].entries()) {
    if (!reached(her, days) || (her.place === 8 && step > 1)) continue
    const isHigh = (her.place === 7 || her.place === 10) && step >= 1
    await enter(clinician, '/api/v1/antenatal-contacts', {
      ...{ pregnancyId: her.id, occurredOn: after(her.menstruatedOn, days), signs: [] },
      values: {
        ...{ systolic: isHigh ? 162 : 114, diastolic: isHigh ? 104 : 72, weightKilograms: 56 + step * 3 },
        ...(step === 0 && { heightCentimetres: 161, weightBeforeKilograms: 54, gravida: 1, parity: 0 }),
        haemoglobin: her.place === 5 ? 92 : 118,
      },
      counselling: [],
    })
  }
}

type Screened = {
  kind: string
  days: number
  values: (her: Expecting) => object
  declines?: (her: Expecting) => boolean
}

const screens: readonly Screened[] = [
  {
    kind: 'NT',
    days: 84,
    values: () => ({ nuchalMillimetres: 1.4 }),
    declines: ({ place }) => place % 4 === 1,
  },
  {
    kind: 'SERUM',
    days: 112,
    values: ({ place }) =>
      place === 6 || place === 7
        ? { t21OneIn: 120, t18OneIn: 9000, afpMom: 1 }
        : { t21OneIn: 8000, t18OneIn: 30_000, afpMom: 1 },
    declines: ({ place }) => place === 8,
  },
  {
    kind: 'ANOMALY_SCAN',
    days: 150,
    values: ({ place }) => ({ scan: place === 9 ? 'STRUCTURAL' : 'NORMAL' }),
  },
  { kind: 'OGTT', days: 176, values: () => ({ glucose0h: 4.6, glucose1h: 8.1, glucose2h: 6.9 }) },
]

async function screen({ clinician }: Chains, her: Expecting): Promise<PrenatalScreen[]> {
  const found: PrenatalScreen[] = []
  for (const { kind, days, values, declines } of screens) {
    if (!reached(her, days)) continue
    const on = after(her.menstruatedOn, days)
    const isDeclined = declines?.(her) ?? false
    found.push(
      await enter<PrenatalScreen>(clinician, '/api/v1/prenatal-screens', {
        ...{
          womanId: her.womanId,
          pregnancyId: her.id,
          kind,
          offeredOn: on,
          counsellor: '李医生（演示）',
          understood: true,
        },
        ...(isDeclined
          ? { decision: 'DECLINED', declineReason: 'NOT_INTERESTED' }
          : { decision: 'AGREED', takenOn: on, report: { reportedOn: after(on, 3), values: values(her) } }),
      }),
    )
  }
  return found
}

const counselled = {
  counsellor: '赵教授（演示）',
  options: ['CONTINUE_WITH_SUPPORT', 'DIAGNOSIS', 'NO_FURTHER_TEST', 'SPECIALIST'],
}

/** A high risk: told within days, counselled, and what she decided; of one woman the diagnosis was normal. */
async function followUp(
  { clinician }: Chains,
  her: Expecting,
  { caseId, reportedOn }: PrenatalScreen,
): Promise<void> {
  if (!caseId || !reportedOn || her.place === 9) return
  const url = `/api/v1/screen-positives/${caseId}`
  let { version } = await look<PositiveCase>(clinician, url)
  const step = async (to: string, days: number, given: object = {}) => {
    const next = { to, on: after(reportedOn, days), ...given }
    version = (await enter<PositiveCase>(clinician, `${url}/steps`, next, version)).version
  }
  await step('CONTACTED', 1, { mode: 'PHONE' })
  await step('COUNSELLED', 3, counselled)
  await step('DX_OFFERED', 3, counselled)
  if (her.place !== 6) return
  const on = after(reportedOn, 8)
  const { id: diagnosisId } = await enter<{ id: string }>(clinician, '/api/v1/prenatal-diagnoses', {
    ...{
      womanId: her.womanId,
      pregnancyId: her.id,
      caseId,
      indications: ['HIGH_RISK'],
      offeredOn: after(reportedOn, 3),
    },
    ...{
      counsellor: counselled.counsellor,
      understood: true,
      decision: 'AGREED',
      method: 'AMNIO',
      performedOn: on,
    },
    ...{ tests: ['KARYOTYPE'], result: 'NORMAL', reportedOn: after(on, 16), counselledOn: after(on, 17) },
  })
  const { state, version: now } = await look<PositiveCase>(clinician, url)
  version = now
  if (state === 'DX_OFFERED') await step('DX_DONE', 8, { diagnosisId })
  if (state !== 'NORMAL' && state !== 'CONTINUE') await step('NORMAL', 24)
  await step('CONTINUE', 25)
}

/** A plan of her own for one whose blood pressure is high; another one still waits for hers. */
async function planCare({ clinician, today }: Chains, her: Expecting): Promise<void> {
  if (her.place !== 10) return
  await enter(clinician, '/api/v1/high-risk-plans', {
    ...{
      pregnancyId: her.id,
      openedOn: day(today, 2),
      responsible: '李医生（演示）',
      deliveryAt: '县人民医院（演示）',
    },
    goals: [{ text: '血压控制在 140/90 mmHg 以下' }],
    contacts: [{ dueOn: after(today, 5), mode: 'CLINIC', purpose: '复测血压、尿蛋白' }],
  })
}

/** A dozen pregnancies, each as far as it is. */
export async function followPregnancies(chains: Chains): Promise<void> {
  for (const her of await expecting(chains)) {
    await takeOver(chains.clinician, her.womanId, chains.today)
    await handOutFolicAcid(chains, her)
    if (her.place % 5 !== 4) await monitorViruses(chains, her)
    await visit(chains, her)
    await planCare(chains, her)
    for (const found of await screen(chains, her)) await followUp(chains, her, found)
  }
}

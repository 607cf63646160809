import type { BloodSpot } from '@youyu/shared/birth-defects/newborn'
import type { CchdScreen } from '@youyu/shared/birth-defects/cchd-screens'
import type { LabOrder } from '@youyu/shared/birth-defects/laboratory'
import { takeOver, type Chains } from './chains.ts'
import { day, enter } from './front-door.ts'

export type Born = { childId: string; motherId: string; bornOn: string }

/** What befell a child's screens; most were in time and found nothing. */
const stories = ['PLAIN', 'THYROID', 'HEARING', 'LAB', 'LEFT', 'HEART', 'DECLINED', 'REPEAT'] as const
type Story = (typeof stories)[number]

async function takeSpot({ clinician }: Chains, { childId, bornOn }: Born, story: Story): Promise<void> {
  const on = (days: number) => day(bornOn, -days)
  if (story === 'LEFT') {
    await enter(clinician, '/api/v1/blood-spots', { childId, noSampleReason: 'LEFT_EARLY', on: on(2) })
    return
  }
  let spot = await enter<BloodSpot>(clinician, '/api/v1/blood-spots', {
    ...{ childId, sampledOn: on(3), hoursAfterBirth: 74, feeds: 12 },
  })
  const step = async (body: object) => {
    spot = await enter<BloodSpot>(clinician, `/api/v1/blood-spots/${spot.id}/steps`, body, spot.version)
  }
  if (story === 'REPEAT') return await step({ to: 'UNSAT', on: on(5) })
  const clean = { PKU: 'NEG', CH: 'NEG', G6PD: 'NEG', CAH: 'NEG' }
  if (story !== 'THYROID') return await step({ to: 'RESULT', on: on(7), flags: clean })
  await step({ to: 'RESULT', on: on(7), flags: { ...clean, CH: 'SUSPECT' } })
  await step({ to: 'RECALL', on: on(10) })
  await step({ to: 'CONFIRMED_POS', on: on(14), diagnosisCodes: ['E03.1'] })
  await step({ to: 'TREATED', on: on(15) })
}

async function testHearing({ clinician }: Chains, { childId, bornOn }: Born, story: Story): Promise<void> {
  const ears = story === 'HEARING' ? { left: 'REFER', right: 'REFER' } : { left: 'PASS', right: 'PASS' }
  const screen = (stage: string, days: number) =>
    enter(clinician, '/api/v1/hearing-screens', {
      ...{ childId, stage, occurredOn: day(bornOn, -days), method: 'OAE', ...ears },
    })
  await screen('FIRST', 2)
  if (story === 'HEARING') await screen('RESCREEN', 35)
}

async function measureSaturation(
  { clinician }: Chains,
  { childId, bornOn }: Born,
  story: Story,
): Promise<void> {
  const isFound = story === 'HEART'
  const screen = await enter<CchdScreen>(clinician, '/api/v1/cchd-screens', {
    ...{ childId, occurredOn: day(bornOn, -1), hoursAfterBirth: 24, murmurGrade: isFound ? 3 : 0 },
    ...{ hand: isFound ? 93 : 98, foot: isFound ? 88 : 97 },
  })
  if (isFound)
    await enter(
      clinician,
      `/api/v1/cchd-screens/${screen.id}`,
      { echo: { on: day(bornOn, -4), result: 'DEFECT', diagnosisCodes: ['Q21.0'] } },
      screen.version,
      'PATCH',
    )
}

/** A card sent to the screening centre, which returns its answers over the API. */
async function sendCard(
  { clinician, laboratory, facilities }: Chains,
  { childId, bornOn }: Born,
): Promise<void> {
  const { barcode } = await enter<LabOrder>(clinician, '/api/v1/lab-orders', {
    ...{ clientId: childId, labId: facilities.get('DEMO-L'), panelCode: 'BLOOD_SPOT' },
    ...{ orderedOn: day(bornOn, -3), collectedOn: day(bornOn, -3) },
  })
  await enter(laboratory, '/api/v1/lab-receipts', { barcode })
  const rows = [
    { analyte: 'PKU', number: 62 },
    { analyte: 'CH', number: 2.1 },
  ].map((row) => ({ barcode, measuredOn: day(bornOn, -6), ...row }))
  await enter(laboratory, '/api/v1/lab-batches', { reference: `DEMO-${barcode}`, rows })
}

/** The county's latest births, their three screens, and the visit to their mothers. */
export async function examineNewborns(chains: Chains, born: readonly Born[]): Promise<void> {
  for (const [place, child] of born.entries()) {
    const story = stories[place % stories.length] as Story
    await takeOver(chains.clinician, child.motherId, chains.today)
    if (story === 'LAB') await sendCard(chains, child)
    else await takeSpot(chains, child, story)
    if (story !== 'DECLINED') await testHearing(chains, child, story)
    await measureSaturation(chains, child, story)
  }
}

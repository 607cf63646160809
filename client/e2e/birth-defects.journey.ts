import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  attendAntenatal,
  checkCouple,
  counselHighRisk,
  declineNuchalScan,
  diagnoseHighRisk,
  findChain,
  findHighRisk,
  followPositiveVirusTest,
  giveFolicAcid,
  passLaterScreens,
  referForFreeCheck,
  registerMarriage,
  registerPregnancy,
} from './before-birth.ts'
import { after, mark, openStory, type Story } from './chain-story.ts'
import { enterBirth, orderBloodSpot, returnResults, screenNewborn, seeScreensDone } from './first-year.ts'
import {
  askParents,
  endHighRisk,
  reportDefect,
  reviewDefect,
  seeYearDone,
  visitChild,
} from './followed-child.ts'
import { expectAccessible, expectFits, settled } from './visitor.ts'

const phone = { viewport: { width: 390, height: 844 }, colorScheme: 'dark', hasTouch: true } as const

let story: Story

beforeAll(async () => {
  story = await openStory()
})
afterAll(() => story.demo.close())

describe('from the marriage to the first birthday', () => {
  test('the registry enters the marriage, and refers the couple to the free check as it agrees', async () => {
    await registerMarriage(story)
    await referForFreeCheck(story)
  })

  test('the clinician finds their chain, and checks both before the marriage and before the pregnancy', async () => {
    await findChain(story)
    await checkCouple(story, '婚前医学检查', after(story.married, 5))
    await checkCouple(story, '孕前优生健康检查', after(story.menses, -45))
  })

  test('a positive virus test is followed until it is cleared, and she takes folic acid', async () => {
    await followPositiveVirusTest(story)
    await giveFolicAcid(story)
  })

  test('pregnant, she is cared for; what she declines stays declined', async () => {
    await registerPregnancy(story)
    for (const days of [70, 124, 160, 215, 264]) await attendAntenatal(story, days)
    await declineNuchalScan(story)
  })

  test('a high risk is told, counselled, diagnosed and followed, step by step', async () => {
    await findHighRisk(story)
    await counselHighRisk(story)
    await diagnoseHighRisk(story)
    await passLaterScreens(story)
  })

  test('her child is born and screened; the laboratory returns the blood spot over the API', async () => {
    await enterBirth(story)
    await screenNewborn(story)
    await returnResults(story, await orderBloodSpot(story))
    await seeScreensDone(story)
  })

  test('a defect is reported, and reviewed by hospital and county', async () => {
    await reportDefect(story)
    await reviewDefect(story)
  })

  test('the child is followed until the first birthday, and the high risk to its outcome', async () => {
    await askParents(story)
    await visitChild(story)
    await endHighRisk(story)
    await seeYearDone(story)
  })
})

describe('the county', () => {
  test('plans all chains anew: she is not offered again what she declined', async () => {
    const { page } = await story.at('county-mch')
    await page.goto('/birth-defect-schedules')
    await settled(page)
    await expectAccessible(page)
    await page.getByRole('button', { name: '现在重新安排' }).click()
    await page.locator('.job').getByText('已完成').waitFor()

    const { page: clinician } = await story.at('station-clinician')
    await clinician.goto(`/birth-defect-chains/${story.woman.id}`)
    await mark(clinician, 'NT 超声，本人谢绝').click()
    expect(await clinician.getByRole('button', { name: '已告知' }).count()).toBe(0)
  })

  test('reads its cascade, and nobody in it', async () => {
    const { page } = await story.at('county-mch')
    await page.goto('/birth-defect-cascade')
    await settled(page)
    await page.getByText('叶酸').first().waitFor()
    await expectAccessible(page)
    expect(await page.locator('main').innerText()).not.toContain(story.woman.name)
  })

  test('the chain fits a phone in the dark', async () => {
    const { page } = await story.demo.visitorAs('demo-station-clinician', phone)
    for (const path of [`/birth-defect-chains/${story.woman.id}`, '/birth-defect-work']) {
      await page.goto(path)
      await settled(page)
      await expectFits(page)
      await expectAccessible(page)
    }
    expect(story.demo.complaints()).toEqual([])
  })
})

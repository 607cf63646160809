import { maskDate, maskName } from '@youyu/shared/population/masking'
import { expect } from 'vitest'
import { after, mark, type Story } from './chain-story.ts'
import { choice, fillDay, pickPerson } from './keyboard.ts'
import { expectAccessible, settled } from './visitor.ts'

export const childOf = ({ man, born }: Story) => ({ name: `${man.name[0]}小宝`, birthDate: born })

/** As people are shown to whoever need not know all of them. */
export const masked = ({ name, birthDate }: { name: string; birthDate: string }) => ({
  ...{ name: maskName(name), birthDate: maskDate(birthDate) },
})

/** The midwife enters the birth from the pregnancy. */
export async function enterBirth(story: Story): Promise<void> {
  const { born, man } = story
  const { page } = await story.at('midwifery-reporter')
  await page.goto(`/pregnancies?open=${story.pregnancyId}`)
  await page.getByRole('dialog', { name: '孕产服务记录' }).getByRole('link', { name: '登记出生' }).click()
  await settled(page)
  await fillDay(page, /^出生日期/, born)
  await choice(page, /^出生性别/, '男').check()
  await page.getByLabel(/^孩子姓名/).fill(childOf(story).name)
  await pickPerson(page, /^父亲/, masked(man), man.name)
  await page.getByLabel(/^接生机构/).fill('人民医院')
  await page.getByRole('option', { name: /人民医院/ }).click()
  await page.getByText('更多（可选）').click()
  await page.getByLabel(/^时间/).fill('08:30')
  await page.getByLabel('孕周', { exact: true }).fill('39')
  await page.getByLabel('孕周外的天数').fill('3')
  await page.getByLabel(/^出生体重/).fill('3300')
  await expectAccessible(page)
  await page.getByRole('button', { name: '预览', exact: true }).click()
  const preview = page.getByRole('dialog', { name: '请核对变更' })
  await preview.getByText('对人口账的影响').waitFor()
  await expectAccessible(page)
  await preview.getByRole('button', { name: '确认提交' }).click()
  await page.getByRole('heading', { name: '已登记出生' }).waitFor()
  const link = page.getByRole('link', { name: /^查看子女/ })
  story.childId = (await link.getAttribute('href'))!.split('/').at(-1)!
}

/** On the ward the hospital screens hearing and heart of its newborn. */
export async function screenNewborn(story: Story): Promise<void> {
  const { born } = story
  const { page } = await story.at('chief-clinician')
  await page.goto('/newborn-screening')
  await settled(page)
  await fillDay(page, /^出生日期起/, after(born, -1))
  await fillDay(page, /^出生日期止/, after(born, 1))
  await page.getByRole('button', { name: childOf(story).name }).click()
  await settled(page)
  await expectAccessible(page)

  await page.getByRole('button', { name: '登记听力筛查' }).click()
  const hearing = page.getByRole('dialog', { name: '登记听力筛查' })
  await choice(hearing, /^阶段/, '初筛').check()
  await fillDay(hearing, /^日期/, after(born, 2))
  await hearing.getByLabel(/^方法/).selectOption('OAE')
  await choice(hearing, /^左耳/, '通过').check()
  await choice(hearing, /^右耳/, '通过').check()
  await expectAccessible(page)
  await hearing.getByRole('button', { name: '登记听力筛查' }).click()
  await hearing.waitFor({ state: 'detached' })

  await page.getByRole('button', { name: '登记先心病筛查' }).click()
  const heart = page.getByRole('dialog', { name: '登记先心病筛查' })
  await fillDay(heart, /^检查日期/, after(born, 1))
  await heart.getByLabel(/^出生后小时/).fill('24')
  await heart.getByLabel(/^杂音级别/).fill('0')
  await heart.getByLabel(/^右手血氧/).fill('98')
  await heart.getByLabel(/^足部血氧/).fill('98')
  await expectAccessible(page)
  await heart.getByRole('button', { name: '登记先心病筛查' }).click()
  await heart.waitFor({ state: 'detached' })
  await page.getByText('OAE', { exact: false }).first().waitFor()
}

/** The hospital orders the blood spot from the laboratory; answers the barcode of the sample. */
export async function orderBloodSpot(story: Story): Promise<string> {
  const { born } = story
  const { page } = await story.at('chief-clinician')
  const child = childOf(story)
  await page.goto('/lab-orders')
  await page.getByRole('button', { name: '新申请' }).click()
  const drawer = page.getByRole('dialog', { name: '新申请' })
  await pickPerson(drawer, /^服务对象/, child, `${child.name} ${child.birthDate}`)
  await drawer.getByLabel(/^检验组合/).selectOption('BLOOD_SPOT')
  await drawer.getByLabel(/^检验机构/).selectOption('新生儿疾病筛查与临床检验中心（演示）')
  await fillDay(drawer, /^申请日期/, after(born, 3))
  await fillDay(drawer, /^采样日期/, after(born, 3))
  await expectAccessible(page)
  await drawer.getByRole('button', { name: '提交申请' }).click()
  const order = page.getByRole('dialog', { name: '新生儿' })
  await order.getByText('还没有结果').waitFor()
  return await order.locator('.barcode').innerText()
}

/** As a laboratory's own system does it: with the credentials of a client of its own. */
export async function returnResults({ demo, born }: Story, barcode: string): Promise<void> {
  const { items } = await demo.ask<{ items: { id: string; code: string }[] }>(
    'demo-county-population',
    '/organisations?limit=100',
  )
  const laboratory = items.find(({ code }) => code === 'DEMO-L')!.id
  const { client, secret } = await demo.ask<{ client: { id: string }; secret: string }>(
    'demo-sys-admin',
    '/api-clients',
    {
      ...{ name: '筛查中心信息系统', scopes: ['care.lab'], purposes: ['SERVICE'] },
      ...{ divisionPrefix: '371121', organisationId: laboratory },
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
  const rows = ['PKU', 'CH'].map((analyte) => ({
    ...{ barcode, analyte, number: 1.5, measuredOn: after(born, 6) },
  }))
  const answer = await fetch(`${demo.url}/api/v1/lab-batches`, {
    method: 'POST',
    headers: { authorization: `Bearer ${accessToken}`, 'content-type': 'application/json' },
    body: JSON.stringify({ reference: 'J-1', rows }),
  })
  if (!answer.ok) throw new Error(await answer.text())
  expect(await answer.json()).toMatchObject({ accepted: 2, rejected: 0 })
}

/** What the hospital and the laboratory did stands in the chain that her station keeps. */
export async function seeScreensDone(story: Story): Promise<void> {
  const { page } = await story.at('station-clinician')
  await page.goto(`/birth-defect-chains/${story.childId}`)
  await settled(page)
  for (const name of ['新生儿足跟血筛查', '新生儿听力筛查', '先天性心脏病筛查'])
    await mark(page, `${name}，已完成`).waitFor()
  await expectAccessible(page)
}

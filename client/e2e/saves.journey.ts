import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openAccount } from './county-register.ts'
import { openDemo, PASSWORD, type Demo } from './demo.ts'
import { chooseOption, choosePerson, choosePlace, confirmByKeyboard, tabTo, typeDate } from './keyboard.ts'
import { expectAccessible, settled, type Visitor } from './visitor.ts'

type Listed = { id: string; name: string }

let demo: Demo
let officer: Visitor
const clerk = 'demo-county-population'

/** People of the county whose names nobody in the list shares. */
async function peopleFor(query: string, state = '&status=ACTIVE&residenceStatus=1'): Promise<Listed[]> {
  const { items } = await demo.ask<{ items: Listed[] }>(clerk, `/persons?limit=100${state}${query}`)
  return items.filter(({ name }) => items.filter((other) => other.name === name).length === 1)
}

beforeAll(async () => {
  demo = await openDemo()
  officer = await demo.visitorAs(clerk)
})
afterAll(() => demo.close())

describe('the county office, with the keyboard alone,', () => {
  test('records a marriage', async () => {
    const { page } = officer
    const [bride] = await peopleFor('&sex=2&ageFrom=22&ageTo=24')
    await page.goto(`/marriages/new?person=${bride!.id}`)
    await settled(page)
    await tabTo(page, /^婚姻事件/)
    await chooseOption(page, '结婚')
    await tabTo(page, /^登记日期/)
    await typeDate(page, '2026-11-02')
    await tabTo(page, /^另一方姓名/)
    await page.keyboard.type('陈远方')
    await confirmByKeyboard(page)
    await page.getByRole('heading', { name: '已登记婚姻' }).waitFor()
  })

  test('records that somebody moves within the county, on the one way there is', async () => {
    const { page } = officer
    const [mover] = await peopleFor('&ageFrom=30&ageTo=34')
    await page.goto(`/persons/${mover!.id}`)
    await settled(page)
    const way = page.locator('#residence').getByRole('link', { name: '登记迁移' })
    await way.waitFor()
    expect(await page.getByRole('button', { name: '登记迁移' }).count()).toBe(0)
    expect(await page.getByRole('link', { name: '登记迁移' }).count()).toBe(1)
    await way.press('Enter')
    await page.getByRole('heading', { name: '登记迁移' }).waitFor()
    await settled(page)
    await tabTo(page, /^类别/)
    await chooseOption(page, '流出')
    await tabTo(page, /^发生日期/)
    await typeDate(page, '2026-11-03')
    await tabTo(page, /^迁入地/)
    await choosePlace(page, '洪凝社区')
    await tabTo(page, /^原因/)
    await chooseOption(page, '务工经商')
    await confirmByKeyboard(page)
    await page.getByRole('heading', { name: '已登记迁移' }).waitFor()
  })

  test('records a guardianship', async () => {
    const { page } = officer
    const [child] = await peopleFor('&ageFrom=6&ageTo=9')
    const [adult] = await peopleFor('&sex=2&ageFrom=40&ageTo=48')
    await page.goto(`/parentage/new?person=${child!.id}`)
    await settled(page)
    await tabTo(page, /^收养或监护人/)
    await choosePerson(page, adult!.name)
    await tabTo(page, /^类别/)
    await chooseOption(page, '监护')
    await tabTo(page, /^生效日期/)
    await typeDate(page, '2026-11-04')
    await confirmByKeyboard(page)
    await page.getByRole('heading', { name: '已登记收养或监护' }).waitFor()
  })

  test('adds a childcare place', async () => {
    const { page } = officer
    await page.goto('/childcare')
    await settled(page)
    await tabTo(page, /^新增托育机构$/)
    await page.keyboard.press('Enter')
    await page.getByRole('dialog').waitFor()
    await tabTo(page, /^名称/)
    await page.keyboard.type('晨光托育园')
    await tabTo(page, /^类型/)
    await page.keyboard.press('ArrowDown')
    await tabTo(page, /^所在区划/)
    await choosePlace(page, '洪凝社区')
    await tabTo(page, /^启用日期/)
    await typeDate(page, '2026-09-01')
    await tabTo(page, /^托位：2 岁/)
    await page.keyboard.type('20')
    await tabTo(page, /^保存$/)
    await page.keyboard.press('Enter')
    await page.getByText('晨光托育园').first().waitFor()
    await expectAccessible(page)
    expect(officer.complaints).toEqual([])
  })
})

describe('what is doubtful', () => {
  test('is listed by kind and place, and opens the record', async () => {
    const { page } = officer
    const { items } = await demo.ask<{ items: { kind: string; code: string }[] }>(clerk, '/events/findings')
    const kinds = { BIRTH: '出生', DEATH: '死亡', MARRIAGE: '婚姻', MOVE: '迁移流动', PARENTAGE: '收养' }
    const [first] = items
    await page.goto(`/event-findings?kind=${first!.kind}`)
    await settled(page)
    await expectAccessible(page)
    const row = page.getByRole('row').nth(1)
    expect(await row.innerText()).toContain(kinds[first!.kind as keyof typeof kinds])
    await row.getByRole('button').first().press('Enter')
    await page.waitForURL(/\/events\?/)
    await page.getByRole('dialog').getByRole('button', { name: '更正' }).first().waitFor()
  })
})

describe('somebody who moves to another county', () => {
  const receiver = 'clerk-of-juxian'
  const village = '371122001001'

  test('is sent by one county and accepted by the other, with the keyboard alone', async () => {
    const places = [
      { code: '371122000000', name: '莒县' },
      { code: '371122001000', name: '城阳街道' },
      { code: village, name: '莒县城阳社区' },
    ]
    for (const place of places)
      await demo.ask('demo-sys-admin', '/division-changes', {
        ...{ kind: 'CREATE', from: [], to: [place], effectiveOn: '2026-01-01', sourceDocument: '演示' },
      })
    await openAccount(demo.directory, {
      ...{ username: receiver, password: PASSWORD, role: 'county_population', divisions: ['371122'] },
    })
    await demo.ask(receiver, '/persons', {
      ...{ name: '于莒县', sex: '1', birthDate: '1980-02-03', idNumber: null },
      ...{ hukouDivision: village, residenceDivision: village, residenceStatus: '1' },
    })
    const [traveller] = await peopleFor('&sex=1&ageFrom=25&ageTo=28')

    const { page } = officer
    await page.goto('/county-transfers')
    await settled(page)
    await tabTo(page, /^发起跨县迁移$/)
    await page.keyboard.press('Enter')
    await page.getByRole('dialog', { name: '发起跨县迁移' }).waitFor()
    await tabTo(page, /^人员/)
    await choosePerson(page, traveller!.name)
    await tabTo(page, /^迁入地/)
    await choosePlace(page, '莒县城阳社区')
    await tabTo(page, /^发生日期/)
    await typeDate(page, '2026-11-05')
    await tabTo(page, /^原因/)
    await chooseOption(page, '婚姻嫁娶')
    await confirmByKeyboard(page)
    await page.getByRole('row').filter({ hasText: traveller!.name }).getByText('待对方确认').waitFor()

    const other = await demo.visitorAs(receiver)
    const { page: there } = other
    await there.goto('/county-transfers')
    await settled(there)
    await there.getByRole('button', { name: traveller!.name }).press('Enter')
    await there.getByRole('dialog').waitFor()
    await expectAccessible(there)
    await tabTo(there, /^接收$/)
    await there.keyboard.press('Enter')
    await there.getByText('已接收，此人已在本县在册').waitFor()
    await there.goto(`/persons/${traveller!.id}`)
    await settled(there)
    await there.getByRole('heading', { name: traveller!.name }).first().waitFor()
    await page.goto(`/persons/${traveller!.id}`)
    await settled(page)
    await page.getByText('迁出', { exact: true }).first().waitFor()
    expect([...officer.complaints, ...other.complaints]).toEqual([])
    await other.close()
  })
})

describe('a clinician', () => {
  let visitor: Visitor
  beforeAll(async () => {
    visitor = await demo.visitorAs('demo-station-clinician')
  })
  afterAll(() => visitor.close())

  async function register(woman: Listed): Promise<void> {
    const { page } = visitor
    await page.goto('/pregnancies')
    await settled(page)
    await tabTo(page, /^建册$/)
    await page.keyboard.press('Enter')
    await page.getByRole('dialog', { name: '建册' }).waitFor()
    await tabTo(page, /^孕妇/)
    await choosePerson(page, woman.name)
    await tabTo(page, /^末次月经/)
    await typeDate(page, '2026-08-20')
    await confirmByKeyboard(page)
    await page.getByRole('button', { name: woman.name }).first().press('Enter')
    await page.getByRole('dialog', { name: '孕产服务记录' }).waitFor()
  }

  test('registers a pregnancy, changes its risk, records and corrects a visit, and hands her over', async () => {
    const { page } = visitor
    const [woman] = await peopleFor('&sex=2&ageFrom=26&ageTo=29')
    await register(woman!)
    const drawer = page.getByRole('dialog', { name: '孕产服务记录' })
    await tabTo(page, /^修改记录$/)
    await page.keyboard.press('Enter')
    await tabTo(page, /^风险分级/)
    await page.keyboard.press('ArrowDown')
    await tabTo(page, /^保存$/)
    await page.keyboard.press('Enter')
    await page.getByText('记录已修改').waitFor()

    await drawer.getByRole('button', { name: '登记产前检查' }).press('Enter')
    await tabTo(page, /^收缩压/)
    await page.keyboard.type('116')
    await tabTo(page, /^舒张压/)
    await page.keyboard.type('74')
    await confirmByKeyboard(page)
    await drawer.getByText('116/74 mmHg').waitFor()
    await drawer.getByRole('button', { name: '更正这次检查' }).press('Enter')
    await page.getByRole('dialog', { name: '更正这次检查' }).waitFor()
    await tabTo(page, /^收缩压/)
    await page.keyboard.press('ControlOrMeta+a')
    await page.keyboard.type('118')
    await tabTo(page, /^理由/)
    await page.keyboard.type('抄写有误')
    await confirmByKeyboard(page)
    await drawer.getByText('118/74 mmHg').waitFor()
    await expectAccessible(page)

    await drawer.getByRole('button', { name: '转出服务' }).press('Enter')
    await tabTo(page, /^转往何地/)
    await choosePlace(page, '洪凝街道')
    await tabTo(page, /^接续机构/)
    await page.keyboard.type('县妇幼保健院')
    await tabTo(page, /^她本人同意转出/)
    await page.keyboard.press('Space')
    await tabTo(page, /^保存$/)
    await page.keyboard.press('Enter')
    await drawer.getByText('已转出', { exact: true }).waitFor()
  })

  test('takes back a pregnancy that was entered by mistake', async () => {
    const { page } = visitor
    const [, woman] = await peopleFor('&sex=2&ageFrom=26&ageTo=29')
    await register(woman!)
    await tabTo(page, /^撤销建册$/)
    await page.keyboard.press('Enter')
    const why = page.getByRole('dialog', { name: '撤销建册' })
    await why.getByLabel(/^理由/).waitFor()
    await tabTo(page, /^理由/)
    await page.keyboard.type('选错了人')
    await why.getByRole('button', { name: '撤销建册' }).press('Enter')
    await page.getByText('建册已撤销').waitFor()
  })

  test('reads the cause of a death for a purpose', async () => {
    const { page } = visitor
    const [dead] = await peopleFor('&ageFrom=70', '&status=DECEASED')
    await page.goto(`/persons/${dead!.id}`)
    await settled(page)
    await page.getByRole('button', { name: '查看死因' }).first().press('Enter')
    const dialog = page.getByRole('dialog', { name: '查看死因' })
    await dialog.waitFor()
    await expectAccessible(page)
    await tabTo(page, /^用途/)
    if ((await dialog.getByLabel(/^用途/).inputValue()) === '') await page.keyboard.press('ArrowDown')
    await tabTo(page, /^事由/)
    await page.keyboard.type('死因讨论')
    await dialog.getByRole('button', { name: '查看', exact: true }).press('Enter')
    await page.getByText(/死因编码（ICD-10）|没有登记死因/).waitFor()
    expect(visitor.complaints).toEqual([])
  })
})

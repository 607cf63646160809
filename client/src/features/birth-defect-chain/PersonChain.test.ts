import { fireEvent, screen, within } from '@testing-library/vue'
import { describe, expect, test } from 'vitest'
import { linkOfItem, type ChainItem } from '@youyu/shared/birth-defects/chain-values'
import type { Chain, ChainLink } from '@youyu/shared/birth-defects/chains'
import { answer, renderApp } from '../../ui/testing.ts'
import PersonChain from './PersonChain.vue'

const WOMAN = '01890000-0000-7000-8000-00000000000a'
const CHAIN = '01890000-0000-7000-8000-00000000000b'

function linkOf(item: ChainItem, given: Partial<ChainLink>): ChainLink {
  return {
    ...{ item, link: linkOfItem[item], childId: null, windowFrom: '2026-05-01', windowTo: '2026-05-21' },
    ...{
      state: 'DUE',
      offeredOn: null,
      acceptedOn: null,
      settledOn: null,
      positiveOn: null,
      followedOn: null,
    },
    ...{ dropReason: null, facility: null, recordId: null },
    ...given,
  }
}

const chain: Chain = {
  ...{
    id: CHAIN,
    woman: { id: WOMAN, name: '王静', birthDate: '1996-02-03' },
    partnerId: null,
    pregnancyId: null,
  },
  ...{
    facility: { id: CHAIN, name: '妇幼中心' },
    isCaseManager: true,
    ground: 'PREGNANCY',
    openedOn: '2026-03-20',
  },
  ...{
    marriedOn: null,
    expectedOn: '2026-11-20',
    bornOn: null,
    gestationDays: 120,
    stoppedOn: null,
    stopReason: null,
  },
  ...{
    closedOn: null,
    closeReason: null,
    division: { code: '371121101001', name: '东一村' },
    children: [],
    facilities: [],
  },
  links: [
    linkOf('TORCH', { state: 'DONE', settledOn: '2026-03-22', positiveOn: '2026-03-24', recordId: CHAIN }),
    linkOf('NT', { state: 'DUE' }),
    linkOf('SERUM', { state: 'DECLINED', settledOn: '2026-05-03', dropReason: 'NOT_SAID', recordId: CHAIN }),
  ],
  version: 1,
}

const user = { permissions: ['care.read', 'care.record'] as ('care.read' | 'care.record')[] }
const routes = [{ path: '/:id', name: 'birth-defect-chain', component: { template: '' } }]
const show = () => renderApp(PersonChain, { props: { personId: WOMAN }, user, routes, at: `/${WOMAN}` })

describe('the chain of a woman', () => {
  test('says of every item how it stands, and of a finding that it is open', async () => {
    answer({ [`GET /api/v1/persons/${WOMAN}/birth-defect-chain`]: { items: [chain] } })

    await show()

    await screen.findByRole('button', { name: /^NT 超声\s*，\s*应提供，2026-05-01/ })
    screen.getByRole('button', { name: /^病毒监测\s*，\s*已完成，2026-03-22/ })
    screen.getByRole('button', { name: /^血清学筛查\s*，\s*本人谢绝/ })
  })

  test('is walked through by the arrow keys, with one stop for the tab key', async () => {
    answer({ [`GET /api/v1/persons/${WOMAN}/birth-defect-chain`]: { items: [chain] } })
    await show()
    const torch = await screen.findByRole('button', { name: /^病毒监测/ })

    torch.focus()
    await fireEvent.keyDown(torch, { key: 'ArrowRight' })

    const reached = document.activeElement as HTMLElement
    expect(reached.dataset['key']).toBe('SERUM.')
    expect(
      [...document.querySelectorAll('.board button')].filter((one) => one.getAttribute('tabindex') === '0'),
    ).toHaveLength(1)
  })

  test('keeps a decline: nothing is offered of it again, and it can only be taken back', async () => {
    answer({ [`GET /api/v1/persons/${WOMAN}/birth-defect-chain`]: { items: [chain] } })
    await show()

    await fireEvent.click(await screen.findByRole('button', { name: /^血清学筛查/ }))

    const panel = within(screen.getByRole('region', { name: '血清学筛查' }))
    panel.getByText(/^本人已谢绝/)
    expect(panel.queryByRole('button', { name: '已告知' })).toBeNull()
    panel.getByRole('button', { name: '撤回这条' })
  })

  test('takes down an offer of what is due', async () => {
    const asked = answer({
      [`GET /api/v1/persons/${WOMAN}/birth-defect-chain`]: { items: [chain] },
      [`POST /api/v1/birth-defect-chains/${CHAIN}/links`]: [201, { id: CHAIN, link: chain.links[1] }],
    })
    await show()
    await fireEvent.click(await screen.findByRole('button', { name: /^NT 超声/ }))
    await fireEvent.click(
      within(screen.getByRole('region', { name: 'NT 超声' })).getByRole('button', { name: '已告知' }),
    )

    await fireEvent.click(await screen.findByRole('button', { name: '保存' }))

    await expect
      .poll(() => asked.find(({ method }) => method === 'POST')?.body)
      .toMatchObject({ item: 'NT', event: 'OFFERED', tellVillage: false })
  })

  test('can be read as a table', async () => {
    answer({ [`GET /api/v1/persons/${WOMAN}/birth-defect-chain`]: { items: [chain] } })
    await show()

    await fireEvent.click(await screen.findByRole('button', { name: '看表格' }))

    expect(await screen.findAllByRole('row')).toHaveLength(4)
  })
})

test('whoever has no chain here can be given one', async () => {
  answer({ [`GET /api/v1/persons/${WOMAN}/birth-defect-chain`]: { items: [] } })

  await show()

  await screen.findByText('没有本机构参与的优生监护档案')
  await fireEvent.click(screen.getByRole('button', { name: '建立档案' }))
  await screen.findByRole('dialog', { name: '建立档案' })
})

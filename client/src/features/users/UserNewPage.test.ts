import { fireEvent, screen } from '@testing-library/vue'
import { describe, expect, it, vi } from 'vitest'
import { answer, renderApp } from '../../ui/testing.ts'
import UserNewPage from './UserNewPage.vue'

const division = {
  code: '371121001000',
  name: '洪凝街道',
  pinyin: 'hn',
  level: 4,
  parentCode: null,
  urbanRural: null,
  validFrom: '2016-01-01',
  validTo: null,
  successors: [],
  hasChildren: false,
  path: [],
}
const routes = ['users', 'user', 'roles'].map((name) => ({
  path: `/${name}/:id?`,
  name,
  component: { template: '' },
}))
const user = {
  permissions: ['account.read' as const, 'grant.give' as const],
  grants: [
    {
      id: '01890000-0000-7000-8000-000000000002',
      role: 'county_manager' as const,
      divisionPrefix: '371121',
      modules: [],
      purposes: [],
      validUntil: null,
      grantedBy: null,
      grantedAt: '2026-01-01T00:00:00Z',
    },
  ],
}
const role = (name: string, grantable: boolean) => ({
  role: name,
  zh: name,
  en: name,
  levels: [4],
  permissions: [],
  purposes: [],
  secondFactor: false,
  grantable,
})

function open() {
  const asked = answer({
    'GET /api/v1/roles': { roles: [role('township_worker', true), role('sys_admin', false)], separated: [] },
    'GET /api/v1/organisations': { items: [], nextCursor: null },
    'GET /api/v1/divisions': { items: [division], nextCursor: null },
    'GET /api/v1/divisions/371121000000': {
      ...division,
      code: '371121000000',
      name: '五莲县',
      level: 3,
      hasChildren: true,
    },
    'GET /api/v1/divisions/371121001000': division,
    'POST /api/v1/users': [
      201,
      {
        user: { id: '01890000-0000-7000-8000-000000000009', username: 'lina', displayName: '李娜' },
        firstPassword: 'tulip-rain',
      },
    ],
  })
  return renderApp(UserNewPage, { routes, at: '/users', user }).then((view) => ({ ...view, asked }))
}

async function fillIn() {
  await fireEvent.update(screen.getByLabelText(/^姓名/), '李娜')
  await fireEvent.update(screen.getByLabelText(/^用户名/), 'lina')
  await vi.waitFor(() => screen.getByRole('option', { name: '乡镇/街道工作人员' }))
  await fireEvent.update(screen.getByLabelText(/^岗位/), 'township_worker')
}

describe('opening an account', () => {
  it('offers only roles that the giver may give', async () => {
    await open()

    await vi.waitFor(() => screen.getByRole('option', { name: '乡镇/街道工作人员' }))

    expect(screen.queryByRole('option', { name: '系统管理员' })).toBeNull()
  })

  it('asks for the area before anything is sent', async () => {
    const { asked } = await open()
    await fillIn()

    await fireEvent.click(screen.getByRole('button', { name: '新建账号' }))

    expect(await screen.findByRole('link', { name: /负责区域：/ })).toBeTruthy()
    expect(asked.some(({ method }) => method === 'POST')).toBe(false)
  })

  it('shows the first password once and lets nobody lose it by accident', async () => {
    const { asked, router } = await open()
    await fillIn()
    await fireEvent.mouseDown(screen.getByLabelText(/^负责区域/))
    await fireEvent.click(await screen.findByRole('treeitem', { name: /洪凝街道/ }))

    await fireEvent.click(screen.getByRole('button', { name: '新建账号' }))
    expect(await screen.findByText('tulip-rain')).toBeTruthy()
    await fireEvent.click(screen.getAllByRole('button', { name: '关闭' }).at(-1) as HTMLElement)
    expect(screen.getByText('还没有确认保存')).toBeTruthy()
    expect(screen.getByText('tulip-rain')).toBeTruthy()
    await fireEvent.click(screen.getByLabelText('我已经保存好了'))
    await fireEvent.click(screen.getAllByRole('button', { name: '关闭' }).at(-1) as HTMLElement)

    await vi.waitFor(() => expect(router.currentRoute.value.name).toBe('user'))
    expect(asked.find(({ method }) => method === 'POST')?.body).toEqual({
      username: 'lina',
      displayName: '李娜',
      grants: [{ role: 'township_worker', divisionPrefix: '371121001' }],
    })
  })
})

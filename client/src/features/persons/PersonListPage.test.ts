import { fireEvent, screen, waitFor } from '@testing-library/vue'
import type { PersonRow } from '@youyu/shared/population/persons'
import { describe, expect, it } from 'vitest'
import { answer, renderApp } from '../../ui/testing.ts'
import PersonListPage from './PersonListPage.vue'

const place = { code: '371121002201', name: '西庄村委会' }
const person = (name: string, more: object = {}) =>
  ({
    id: `01890000-0000-7000-8000-${String([...name].map((c) => c.charCodeAt(0)).join(''))
      .padStart(12, '0')
      .slice(-12)}`,
    name,
    sex: '2',
    birthDate: '1990-01-01',
    idNumber: '991521********0025',
    residence: place,
    hukou: place,
    residenceStatus: '1',
    householdId: null,
    householdNumber: null,
    relationToHead: null,
    phone: null,
    status: 'ACTIVE',
    ...more,
  }) as PersonRow

async function open(found: unknown[], at = '/persons') {
  const asked = answer({
    'GET /api/v1/persons': { items: [person('张三')], nextCursor: null, total: null },
    'GET /api/v1/persons/search': { items: found, nextCursor: null },
    'GET /api/v1/me/preferences': { preferences: {} },
  })
  const routes = ['persons', 'person', 'person-new', 'imports', 'exports'].map((name) => ({
    path: name === 'persons' ? '/persons' : `/${name}/:id?`,
    name,
    component: { template: '' },
  }))
  return {
    ...(await renderApp(PersonListPage, { routes, at, user: { permissions: ['person.read'] } })),
    asked,
  }
}

async function search(words: string) {
  await fireEvent.update(screen.getByLabelText('查找人员'), words)
  await fireEvent.click(screen.getByRole('button', { name: '查询' }))
}

describe('the person list', () => {
  it('says how each person was found, and warns where a hit is only similar', async () => {
    await open([person('张珊', { match: 'pinyin' }), person('章散', { match: 'fuzzy' })])

    await search('zhangsan')

    await screen.findByText('拼音相符')
    expect(screen.getByText('相近，非同名')).toBeTruthy()
    expect(screen.getByText(/并不相同，请核对/)).toBeTruthy()
  })

  it('gives no warning where every hit is exact', async () => {
    await open([person('张三', { match: 'name' }), person('张三丰', { match: 'name' })])

    await search('张三')

    await screen.findByText('姓名相同')
    expect(screen.getByText('姓名开头相符')).toBeTruthy()
    expect(screen.queryByText(/并不相同/)).toBeNull()
  })

  it('keeps words in the address, but never what may be a personal number', async () => {
    const { router, asked } = await open([])

    await search('张三')
    await waitFor(() => expect(router.currentRoute.value.query['q']).toBe('张三'))
    await search('991521199001010025')

    await waitFor(() => expect(asked.at(-1)?.query.get('q')).toBe('991521199001010025'))
    expect(router.currentRoute.value.fullPath).not.toContain('991521')
    router.back()
    await waitFor(() => expect(screen.getByLabelText<HTMLInputElement>('查找人员').value).toBe('张三'))
  })

  it('asks for what the address says', async () => {
    const { asked } = await open([], '/persons?division=371121002000&ageFrom=15&ageTo=49&sex=2')

    await screen.findByText('张三')

    const { query } = asked.find((request) => request.path === '/api/v1/persons') ?? {
      query: new URLSearchParams(),
    }
    expect(Object.fromEntries(query)).toMatchObject({
      division: '371121002000',
      ageFrom: '15',
      ageTo: '49',
      sex: '2',
    })
  })

  it('offers nothing that the reader may not do', async () => {
    await open([])

    await screen.findByText('张三')

    expect(screen.queryByRole('link', { name: '新增' })).toBeNull()
    expect(screen.queryByRole('button', { name: '导出' })).toBeNull()
    expect(screen.queryByRole('checkbox')).toBeNull()
  })
})

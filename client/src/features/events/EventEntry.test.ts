import { fireEvent, screen, waitFor } from '@testing-library/vue'
import { describe, expect, it } from 'vitest'
import { answer, renderApp } from '../../ui/testing.ts'
import EventEntry from './EventEntry.vue'

const person = '01890000-0000-7000-8000-00000000000a'
const preview = {
  changes: [
    { entity: 'person', id: person, label: '王芳', field: 'status', before: 'ACTIVE', after: 'DECEASED' },
  ],
  book: [
    {
      division: { code: '371121001001', name: '小西岭村' },
      month: '2026-08-01',
      kind: 'DEATH',
      residence: -1,
      registered: -1,
      isClosed: true,
    },
  ],
  findings: ['V2'],
}
const death = { id: person, person: { id: person, name: '王芳' }, findings: [], sex: '2' }
const place = { code: '371121001001', name: '小西岭村' }
const record = {
  ...death,
  ...{ birthDate: '1950-01-01', occurredOn: '2026-08-02', age: 76, infantAgeDays: null, place: 'HOME' },
  ...{ reporter: 'VILLAGE', division: place, hukou: place, recordedAt: '2026-11-01T00:00:00Z', isLate: true },
  ...{ voidedAt: null, certificateNumber: null, maternal: 'NO', hasCause: false, recordedBy: '张敏' },
  ...{ source: 'MANUAL', voidReason: null, replaces: null, replacedBy: null },
}
const routes = [{ path: '/:path(.*)*', name: 'home', component: { template: '' } }]

async function openForm() {
  const asked = answer({
    [`GET /api/v1/persons/${person}`]: { id: person, name: '王芳' },
    'POST /api/v1/deaths': (request: Request) =>
      new URL(request.url).searchParams.get('dryRun') === 'true' ? preview : [201, record],
  })
  await renderApp(EventEntry, {
    props: { noun: 'deaths' },
    routes,
    at: `/deaths/new?person=${person}`,
    user: { permissions: ['event.record'] },
  })
  return asked
}

describe('an entry form', () => {
  it('shows what it would do, closed months as amendments, and then saves with a key', async () => {
    const asked = await openForm()

    await fireEvent.click(screen.getByRole('button', { name: '预览' }))
    await screen.findByText(/2026-08的账已经结账/)
    screen.getByText('已结账月份 → 更正')
    screen.getByText('事件先后颠倒：例如死亡之后仍有登记')
    await fireEvent.click(screen.getByRole('button', { name: '确认提交' }))

    await screen.findByText('2026-08 已结账，本次登记已列为该月的更正。')
    await waitFor(() => expect(asked.filter(({ method }) => method === 'POST')).toHaveLength(2))
    const [trial, real] = asked.filter(({ method }) => method === 'POST')
    expect(trial!.query.get('dryRun')).toBe('true')
    expect(real!.query.get('dryRun')).toBeNull()
    expect(real!.headers.get('Idempotency-Key')).toBeTruthy()
    expect(real!.body).toEqual(trial!.body)
  })

  it('sends nothing while something required is missing', async () => {
    const asked = await openForm()

    await fireEvent.update(screen.getByLabelText(/^死亡地点/), '')
    await fireEvent.click(screen.getByRole('button', { name: '预览' }))

    await screen.findByText('有内容需要修改')
    expect(asked.some(({ method }) => method === 'POST')).toBe(false)
  })
})

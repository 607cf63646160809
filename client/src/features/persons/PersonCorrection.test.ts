import { fireEvent, screen, waitFor } from '@testing-library/vue'
import type { Person } from '@youyu/shared/population/persons'
import { describe, expect, it } from 'vitest'
import { answer, problem, renderApp } from '../../ui/testing.ts'
import PersonCorrection from './PersonCorrection.vue'

const id = '01890000-0000-7000-8000-000000000002'
const person = { id, name: '王莉英', education: '70', idNumber: '991521********0025', version: 7 } as Person
const corrections = `POST /api/v1/persons/${id}/corrections`
const preview = {
  changes: [{ entity: 'person', id, label: '王莉英', field: 'name', before: '王莉英', after: '王丽英' }],
  findings: ['I2'],
}

async function open(reply: (request: Request) => unknown) {
  const asked = answer({ [corrections]: reply })
  const view = await renderApp(PersonCorrection, { props: { open: true, person } })
  await fireEvent.update(screen.getByLabelText('更正哪一项'), 'name')
  await fireEvent.update(screen.getByLabelText(/^姓名/), '王丽英')
  await fireEvent.update(screen.getByLabelText(/^理由/), '核对身份证')
  return { ...view, asked }
}

const isTrial = (request: Request) => new URL(request.url).searchParams.get('dryRun') === 'true'
const press = (name: string) => fireEvent.click(screen.getByRole('button', { name }))

describe('a correction', () => {
  it('is shown before it is made, and then made as shown', async () => {
    const view = await open((request) => (isTrial(request) ? preview : [201, person]))

    await press('预览变更')
    await screen.findByText('王丽英')
    expect(screen.getByText('性别或出生日期与身份证号码不一致，请核对证件')).toBeTruthy()
    expect(view.asked).toHaveLength(1)
    await press('确认提交')

    await waitFor(() => expect(view.emitted()['update:open']).toEqual([[false]]))
    const [trial, deed] = view.asked
    expect(trial?.query.get('dryRun')).toBe('true')
    expect(deed?.query.get('dryRun')).toBeNull()
    expect(deed?.body).toEqual({ set: { name: '王丽英' }, reason: '核对身份证' })
    expect(deed?.body).toEqual(trial?.body)
    expect(deed?.headers.get('if-match')).toBe('"7"')
    expect(deed?.headers.get('idempotency-key')).toBeTruthy()
  })

  it('points at the field that the trial refuses', async () => {
    await open(() => [
      400,
      problem('invalid-request', 400, [{ pointer: '/set/name', code: 'invalid-value' }]),
    ])

    await press('预览变更')

    await waitFor(() => expect(screen.getByLabelText(/^姓名/).getAttribute('aria-invalid')).toBe('true'))
    expect(screen.queryByRole('button', { name: '确认提交' })).toBeNull()
  })

  it('sends an emptied field as not known', async () => {
    const { asked } = await open(() => preview)

    await fireEvent.update(screen.getByLabelText('更正哪一项'), 'education')
    await fireEvent.update(screen.getByLabelText(/^文化程度/), '')
    await press('预览变更')

    await waitFor(() => expect(asked).toHaveLength(1))
    expect(asked[0]?.body).toMatchObject({ set: { education: null } })
  })

  it('never begins with a masked number', async () => {
    await open(() => preview)

    await fireEvent.update(screen.getByLabelText('更正哪一项'), 'idNumber')

    expect(screen.getByLabelText<HTMLInputElement>(/^证件号码/).value).toBe('')
  })
})

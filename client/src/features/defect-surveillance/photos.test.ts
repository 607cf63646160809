import { fireEvent, screen } from '@testing-library/vue'
import { beforeEach, describe, expect, test, vi } from 'vitest'
import { answer, problem, renderApp } from '../../ui/testing.ts'
import CardPhotos from './CardPhotos.vue'

const cardId = '01890000-0000-7000-8000-0000000000c1'
const list = `GET /api/v1/defect-cards/${cardId}/photos`
const photo = (last: string) => ({
  id: `01890000-0000-7000-8000-00000000000${last}`,
  cardId,
  ...{ mediaType: 'image/jpeg', size: 9, consentBy: 'MOTHER', consentOn: '2026-11-20' },
  ...{ recordedAt: '2026-11-20T02:00:00.000Z', voidedAt: null, voidReason: null },
})
const content = (last: string) => `GET /api/v1/defect-photos/${photo(last).id}/content`
const gone = [503, problem('unavailable', 503)]

/** Answers the second time. */
function atLast(reply: unknown) {
  let asked = 0
  return () => (++asked > 1 ? reply : gone)
}
const show = () =>
  renderApp(CardPhotos, { props: { cardId, editable: true }, user: { permissions: ['care.report'] } })

beforeEach(() => {
  vi.spyOn(URL, 'createObjectURL').mockReturnValue('blob:picture')
})

describe('photographs of a card', () => {
  test('that could not be listed say so, and are asked for again', async () => {
    answer({ [list]: atLast({ items: [photo('1')] }), [content('1')]: {} })
    await show()

    await screen.findByText('unavailable 的说明')
    expect(screen.queryByText('没有照片', { exact: false })).toBeNull()
    await fireEvent.click(screen.getByRole('button', { name: '重试' }))

    expect(await screen.findByAltText('照片 1')).toBeTruthy()
  })

  test('say when there is none', async () => {
    answer({ [list]: { items: [] } })
    await show()

    expect(await screen.findByText('没有照片', { exact: false })).toBeTruthy()
    expect(screen.getByRole('button', { name: '添加照片' })).toBeTruthy()
  })

  test('fail one by one, each with another try', async () => {
    answer({ [list]: { items: [photo('1'), photo('2')] }, [content('1')]: {}, [content('2')]: atLast({}) })
    await show()

    expect(await screen.findByAltText('照片 1')).toBeTruthy()
    expect((await screen.findByRole('alert')).textContent).toContain('照片 2 未能显示')
    expect(screen.queryByText('正在加载…')).toBeNull()
    await fireEvent.click(screen.getByRole('button', { name: '重试' }))

    expect(await screen.findByAltText('照片 2')).toBeTruthy()
    await fireEvent.error(screen.getByAltText('照片 2'))
    expect((await screen.findByRole('alert')).textContent).toContain('照片 2 未能显示')
  })
})

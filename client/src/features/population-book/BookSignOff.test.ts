import { fireEvent, screen } from '@testing-library/vue'
import { describe, expect, it } from 'vitest'
import type { CurrentUser } from '@youyu/shared/accounts'
import { answer, problem, renderApp } from '../../ui/testing.ts'
import BookSignOff from './BookSignOff.vue'
import type { Book } from './figures.ts'

const figures = {
  opening: 100,
  births: 1,
  deaths: 0,
  movesIn: 0,
  movesOut: 0,
  entries: 0,
  exits: 0,
  boundary: 0,
  closing: 101,
}
const village = { code: '371121001001', name: '东村', level: 5 }
const township = { code: '371121001000', name: '洪凝街道', level: 4 }
const row = (division: typeof village, state: 'OPEN' | 'SIGNED' = 'OPEN') => ({
  division,
  state,
  figures,
  recounted: 101,
  residual: 0,
})
const book = (change: Partial<Book> = {}): Book => ({
  month: '2026-10-01',
  basis: 'residence',
  startsOn: '2016-01-01',
  recountedAt: '2026-11-01T00:00:00.000Z',
  total: row(township),
  parts: [row(village)],
  signatures: [],
  signed: null,
  amendments: 0,
  laterSigned: null,
  obstacles: [],
  ...change,
})
const grants = [{ divisionPrefix: '371121001' }] as unknown as CurrentUser['grants']
const signer = { permissions: ['book.read' as const, 'book.sign' as const], grants }

describe('the sign-off of a township’s month', () => {
  it('names what stands in the way, each place a link, and cannot be clicked', async () => {
    const obstacles = [{ code: 'lower-open' as const, division: village }]
    await renderApp(BookSignOff, { props: { book: book({ obstacles }) }, user: signer })

    screen.getByText('1 个下级单位还没有签认：')
    expect(screen.getByRole('link', { name: '东村' }).getAttribute('href')).toBe(
      '/population-book?division=371121001001&month=2026-10',
    )
    expect(screen.getByRole('button', { name: '签认本乡镇账簿' }).hasAttribute('disabled')).toBe(true)
  })

  it('is sent with the remark after it was confirmed', async () => {
    const asked = answer({ 'POST /api/v1/population-book/signatures': [201, {}] })
    await renderApp(BookSignOff, { props: { book: book() }, user: signer })

    await fireEvent.click(screen.getByRole('button', { name: '签认本乡镇账簿' }))
    await fireEvent.update(await screen.findByLabelText('备注'), '已与派出所核对')
    await fireEvent.click(screen.getAllByRole('button', { name: '签认本乡镇账簿' }).at(-1)!)

    await expect
      .poll(() => asked.map(({ body }) => body))
      .toEqual([{ division: '371121001000', month: '2026-10-01', note: '已与派出所核对' }])
  })

  it('tells in the dialog why the server refused', async () => {
    answer({ 'POST /api/v1/population-book/signatures': [409, problem('book-residual', 409)] })
    await renderApp(BookSignOff, { props: { book: book() }, user: signer })

    await fireEvent.click(screen.getByRole('button', { name: '签认本乡镇账簿' }))
    await fireEvent.click((await screen.findAllByRole('button', { name: '签认本乡镇账簿' })).at(-1)!)

    await screen.findByText('book-residual 的说明')
  })

  it('offers nothing to those who answer for another township', async () => {
    const elsewhere = [{ divisionPrefix: '371121002' }] as unknown as CurrentUser['grants']
    await renderApp(BookSignOff, { props: { book: book() }, user: { ...signer, grants: elsewhere } })

    expect(screen.queryByRole('button', { name: '签认本乡镇账簿' })).toBeNull()
  })

  it('shows who signed and when, and lets it be taken back only with a reason', async () => {
    const id = '01890000-0000-7000-8000-00000000000a'
    const asked = answer({ [`POST /api/v1/population-book/signatures/${id}/withdrawal`]: [201, {}] })
    const signature = {
      id,
      act: 'SIGN' as const,
      recordedAt: '2026-11-02T01:00:00.000Z',
      recordedBy: '张敏',
      note: null,
      withdrawnAt: null,
      withdrawReason: null,
    }
    const signed = book({ total: row(township, 'SIGNED'), signatures: [signature] })
    await renderApp(BookSignOff, { props: { book: signed }, user: signer })

    screen.getByText('乡镇签认：张敏，2026-11-02 09:00')
    await fireEvent.click(screen.getByRole('button', { name: '撤回签认' }))
    await fireEvent.click((await screen.findAllByRole('button', { name: '撤回签认' })).at(-1)!)
    expect(asked).toEqual([])
    await fireEvent.update(screen.getByLabelText(/^理由/), '漏记一户')
    await fireEvent.click(screen.getAllByRole('button', { name: '撤回签认' }).at(-1)!)

    await expect.poll(() => asked.map(({ body }) => body)).toEqual([{ reason: '漏记一户' }])
  })

  it('leads to the latest signed month where that must be taken back first', async () => {
    const signature = {
      ...{ id: '01890000-0000-7000-8000-00000000000b', act: 'SIGN' as const, recordedBy: '张敏' },
      ...{ recordedAt: '2026-11-02T01:00:00.000Z', note: null, withdrawnAt: null, withdrawReason: null },
    }
    const laterSigned = '2026-12-01'
    const signed = book({ total: row(township, 'SIGNED'), signatures: [signature], laterSigned })
    await renderApp(BookSignOff, { props: { book: signed }, user: signer })

    expect(screen.queryByRole('button', { name: '撤回签认' })).toBeNull()
    expect(screen.getByRole('link', { name: '2026年12月' }).getAttribute('href')).toBe(
      '/population-book?division=371121001000&month=2026-12',
    )
  })
})

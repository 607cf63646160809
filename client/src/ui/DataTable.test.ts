import { fireEvent, screen } from '@testing-library/vue'
import { describe, expect, it } from 'vitest'
import DataTable from './DataTable.vue'
import { keepPreference } from './preferences.ts'
import { shownColumns } from './table.ts'
import type { Component } from 'vue'
import { answer, renderApp } from './testing.ts'

type Row = { id: string; name: string; sex: string }
const rows: Row[] = ['张三', '李四', '王五'].map((name, index) => ({ id: String(index), name, sex: '男' }))
const columns = [
  { key: 'name', label: '姓名', primary: true, sortable: true },
  { key: 'sex', label: '性别' },
]
const table = (props: Record<string, unknown>) =>
  renderApp(DataTable as Component, { props: { label: '人员', columns, ...props } })

describe('a table', () => {
  it('says how it is sorted and asks for another order', async () => {
    const view = await table({ rows, sort: { key: 'name', direction: 'ascending' } })
    expect(screen.getByRole('columnheader', { name: '姓名' }).getAttribute('aria-sort')).toBe('ascending')

    await fireEvent.click(screen.getByRole('button', { name: '姓名' }))

    expect(view.emitted('sort')).toEqual([[{ key: 'name', direction: 'descending' }]])
  })

  it('is walked with the arrow keys and opened with Enter', async () => {
    const view = await table({ rows, openable: true })
    const [, first, second] = screen.getAllByRole('row')
    first?.focus()

    await fireEvent.keyDown(first as HTMLElement, { key: 'ArrowDown' })
    await new Promise((resolve) => setTimeout(resolve))
    expect(document.activeElement).toBe(second)
    await fireEvent.keyDown(second as HTMLElement, { key: 'Enter' })

    expect(view.emitted('open')).toEqual([[rows[1]]])
  })

  it('selects rows and the whole page', async () => {
    const view = await table({ rows, selectable: true })

    await fireEvent.click(screen.getByRole('checkbox', { name: '选择 李四' }))
    await fireEvent.click(screen.getByRole('checkbox', { name: '全选本页' }))

    expect(view.emitted('update:selected')).toEqual([[['1']], [['0', '1', '2']]])
  })

  it('tells waiting, nothing and failure apart', async () => {
    const view = await table({ rows: undefined, loading: true })
    expect(screen.getByText('正在加载…')).toBeTruthy()

    await view.rerender({ rows: [], loading: false })
    expect(screen.getByText('没有符合条件的记录')).toBeTruthy()

    await view.rerender({ rows: undefined, error: new Error('x') })
    expect(screen.getByText('加载失败')).toBeTruthy()
  })

  it('puts only a part of very many rows into the document', async () => {
    const many = Array.from({ length: 5_000 }, (_, index) => ({
      id: String(index),
      name: `人${index}`,
      sex: '女',
    }))

    await table({ rows: many })

    expect(screen.getAllByRole('row').length).toBeLessThan(100)
    expect(screen.getByRole('table').getAttribute('aria-rowcount')).toBe('5001')
  })

  it('shows the columns its user chose', async () => {
    answer({ 'PUT /api/v1/me/preferences/persons.columns': [204, null] })
    keepPreference('persons.columns', { order: ['sex', 'name'], hidden: ['sex'] })

    await table({ rows, settingsKey: 'persons.columns' })

    expect(screen.getAllByRole('columnheader').map((cell) => cell.textContent?.trim())).toEqual(['姓名'])
  })
})

describe('column settings', () => {
  it('keep the user’s order and show what is not optional by default', () => {
    const wide = [...columns, { key: 'phone', label: '电话', optional: true }]

    expect(shownColumns(wide, undefined).map(({ key }) => key)).toEqual(['name', 'sex'])
    expect(shownColumns(wide, { order: ['phone', 'sex', 'name'], hidden: [] }).map(({ key }) => key)).toEqual(
      ['phone', 'sex', 'name'],
    )
  })
})

import { fireEvent, screen, within } from '@testing-library/vue'
import type { Component } from 'vue'
import { beforeAll, describe, expect, it, test } from 'vitest'
import { useLanguage } from '../../texts/texts.ts'
import { renderApp } from '../testing.ts'
import BarChart from './BarChart.vue'
import ControlChart from './ControlChart.vue'
import EventTimeline from './EventTimeline.vue'
import FunnelPlot from './FunnelPlot.vue'
import PopulationPyramid from './PopulationPyramid.vue'
import SeriesChart from './SeriesChart.vue'
import SmallMultiples from './SmallMultiples.vue'

const places = ['2026-01', '2026-02', '2026-03']
const now = {
  key: 'now',
  label: '2026年',
  points: [{ value: 1204, low: 1137, high: 1274 }, { value: 96, isSmall: true }, null],
}
const before = { key: 'before', label: '2025年', role: 'before', points: places.map(() => ({ value: 100 })) }
const limits = [
  { n: 50, lower95: 80, upper95: 140, lower998: 65, upper998: 170 },
  { n: 400, lower95: 96, upper95: 117, lower998: 90, upper998: 125 },
]
const county = { label: '2026-10', male: [3, 4, 5, 6, 7, 1], female: [2, 2, 2, 2, 2, 9] }
const point = (at: string, value: number) => ({ at, value, lower: 90, upper: 120, n: 300 })

const cells = () =>
  screen.getAllByRole('row').map((row) => [...row.children].map((cell) => cell.textContent.trim()))
const asTable = () => fireEvent.click(screen.getByRole('button', { name: '表格' }))
const plot = () => screen.getByRole('application')
const spoken = () => document.querySelector('[aria-live]')?.textContent
const draw = (chart: unknown, props: Record<string, unknown>) =>
  renderApp(chart as Component, { props: { title: '图', ...props } })

beforeAll(() => useLanguage('zh-CN'))

describe('a chart', () => {
  it('is a named figure with a drawing', async () => {
    await draw(SeriesChart, { title: '出生人数', description: '按月', places, series: [before, now] })

    const figure = screen.getByRole('figure', { name: '出生人数' })
    expect(within(figure).getByRole('img', { name: '出生人数' }).querySelectorAll('path.line')).toHaveLength(
      2,
    )
    expect(document.getElementById(figure.getAttribute('aria-describedby') ?? '')?.textContent).toBe('按月')
  })

  it('shows the same figures as a table', async () => {
    await draw(SeriesChart, { places, series: [before, now], unit: '人' })

    await asTable()

    expect(cells()).toEqual([
      ['时间', '2025年（人）', '2026年（人）', '2026年 95% 区间下限', '2026年 95% 区间上限', '说明'],
      ['2026年1月', '100', '1,204', '1,137', '1,274', ''],
      ['2026年2月', '100', '96', '—', '—', '2026年：例数少，波动大，仅供参考'],
      ['2026年3月', '100', '—', '—', '—', ''],
    ])
  })

  it('is walked with the arrow keys, says each value and opens with Enter', async () => {
    const view = await draw(SeriesChart, { places, series: [before, now], choosable: true })

    await fireEvent.focus(plot())
    await fireEvent.keyDown(plot(), { key: 'ArrowDown' })
    expect(spoken()).toBe('2026年1月；2026年：1,204（95% 区间 1,137–1,274）')
    await fireEvent.keyDown(plot(), { key: 'ArrowRight' })
    expect(spoken()).toBe('2026年2月；2026年：96；例数少，波动大，仅供参考')
    await fireEvent.keyDown(plot(), { key: 'Enter' })

    expect(view.emitted('choose')).toEqual([['now:2026-02']])
  })

  it('opens nothing where nothing can be opened', async () => {
    const view = await draw(SeriesChart, { places, series: [now] })

    await fireEvent.focus(plot())
    await fireEvent.keyDown(plot(), { key: 'Enter' })

    expect(view.emitted('choose')).toBeUndefined()
  })

  it('says so when there is nothing to draw', async () => {
    await draw(SeriesChart, { places: [], series: [], emptyTitle: '本月还没有出生' })

    expect(screen.getByText('本月还没有出生')).toBeTruthy()
    expect(screen.queryByRole('button')).toBeNull()
  })

  it('speaks English', async () => {
    await useLanguage('en')
    await draw(BarChart, { places, series: [now] })

    await fireEvent.focus(plot())
    await useLanguage('zh-CN')

    expect(spoken()).toBe('Jan 2026; 2026年: 1,204 (95% interval 1,137–1,274)')
  })
})

describe('a pyramid', () => {
  it('goes up the ages and across the sexes', async () => {
    await draw(PopulationPyramid, { counts: county, span: 1 })

    await fireEvent.focus(plot())
    expect(spoken()).toBe('0 岁 · 男；2026-10 男：3')
    await fireEvent.keyDown(plot(), { key: 'ArrowUp' })
    await fireEvent.keyDown(plot(), { key: 'ArrowRight' })

    expect(spoken()).toBe('1 岁 · 女；2026-10 女：2')
  })

  it('puts years together and compares two dates', async () => {
    await draw(PopulationPyramid, { counts: county, compared: { ...county, label: '2016-10' } })
    await asTable()
    const five = cells()

    await fireEvent.click(screen.getByRole('button', { name: '单岁' }))

    expect(five[0]).toEqual(['年龄', '2026-10 男', '2026-10 女', '2016-10 男', '2016-10 女'])
    expect(five.slice(1)).toEqual([
      ['0–4 岁', '25', '10', '25', '10'],
      ['5 岁及以上', '1', '9', '1', '9'],
    ])
    expect(cells()).toHaveLength(7)
  })
})

describe('a control chart', () => {
  it('marks by shape and words what chance does not explain', async () => {
    await draw(ControlChart, { points: [point('2026-01', 105), point('2026-02', 131)], centre: 105 })

    expect(document.querySelectorAll('.plot .mark.diamond')).toHaveLength(1)
    await asTable()
    expect(cells().map((row) => row.at(-1))).toEqual(['状态', '在控制限内', '超出控制限'])
  })
})

describe('a funnel plot', () => {
  test.each([
    ['within', 100, '在 95% 界限内', 'circle'],
    ['beyond 95%', 120, '超出 95% 界限', 'triangle'],
    ['beyond 99.8%', 130, '超出 99.8% 界限', 'diamond'],
  ])('tells a value %s', async (_, value, words, shape) => {
    await draw(FunnelPlot, { points: [{ key: 'a', label: '招贤镇', n: 390, value }], target: 106, limits })

    expect(document.querySelectorAll(`.plot .mark.${shape}`)).toHaveLength(1)
    await asTable()
    expect(cells()[1]).toEqual(['招贤镇', '390', String(value), '106', words])
  })

  it('keeps the order of areas in its table', async () => {
    const points = ['东莞镇', '库山乡', '安庄镇'].map((label, index) => ({
      key: label,
      label,
      n: 100 - index,
      value: [110, 90, 100][index],
    }))
    await draw(FunnelPlot, { points, target: 106, limits })

    await asTable()

    expect(cells().map(([name]) => name)).toEqual(['地区', '东莞镇', '库山乡', '安庄镇'])
  })
})

describe('small multiples', () => {
  it('draw every area on one scale with the county beside it', async () => {
    const panels = ['东莞镇', '库山乡'].map((label) => ({ key: label, label, points: now.points }))
    await draw(SmallMultiples, { places, panels, reference: { label: '全县', points: before.points } })

    expect(document.querySelectorAll('.plot .ink-before')).toHaveLength(2)
    await asTable()
    expect(cells()).toHaveLength(1 + 3 * places.length)
  })
})

describe('bars', () => {
  it('stand from zero, with last year as outlines', async () => {
    await draw(BarChart, { places, series: [now, before] })

    expect(document.querySelectorAll('.plot rect.bar')).toHaveLength(2)
    expect(document.querySelectorAll('.plot rect.outline')).toHaveLength(3)
  })
})

describe('a timeline', () => {
  it('lists what happened in order, and what was recorded late', async () => {
    const lanes = [{ key: 'birth', label: '出生' }]
    const events = [
      { key: 'b', lane: 'birth', on: '2026-05-01', label: '出生 +1', isVoided: true },
      { key: 'a', lane: 'birth', on: '2026-03-09', recordedOn: '2026-06-12', label: '迟报出生 +1' },
    ]
    const view = await draw(EventTimeline, { lanes, events, choosable: true, to: '2026-10-31' })

    expect(screen.getAllByRole('listitem').map((item) => item.textContent.slice(0, 10))).toEqual([
      '2026-03-09',
      '2026-05-01',
    ])
    expect(screen.getByText('登记于 2026-06-12')).toBeTruthy()
    await fireEvent.click(screen.getByRole('button', { name: '迟报出生 +1' }))

    expect(view.emitted('choose')).toEqual([['a']])
  })
})

import { fireEvent, screen, within } from '@testing-library/vue'
import { describe, expect, it } from 'vitest'
import type { ColumnMapping, FileInspection, ImportField } from '@youyu/shared/population/imports'
import { renderApp } from '../../ui/testing.ts'
import ImportMappingStep from './ImportMappingStep.vue'
import { doubledFields, missingFields, startMapping } from './mapping-rules.ts'

const field = (key: string, zh: string, required = false): ImportField => ({
  key,
  zh,
  en: key,
  aliases: [],
  required,
  example: '',
})
const fields = [
  field('name', '姓名', true),
  field('sex', '性别', true),
  field('birthDate', '出生日期', true),
  field('idNumber', '身份证号'),
  field('hukouDivision', '户籍地', true),
  field('residenceDivision', '现居住地'),
]
const inspection: FileInspection = {
  encoding: 'gb18030',
  format: 'csv',
  headers: ['姓名', '身份证', '户口在', '政策内外'],
  mapping: { 姓名: 'name', 身份证: 'idNumber', 户口在: null, 政策内外: null },
  missing: ['hukouDivision'],
  notes: [
    { code: 'legacy-policy-column-dropped', column: '政策内外', zh: '', en: '' },
    { code: 'unknown-column-ignored', column: '户口在', zh: '', en: '' },
  ],
  sample: [['王*', '9901**********0019', '…', '…']],
}
const step = (mapping: ColumnMapping, sources: { source: string; mapping: ColumnMapping }[] = []) =>
  renderApp(ImportMappingStep, { props: { inspection, fields, sources, busy: false, mapping, source: '' } })

describe('the mapping of columns', () => {
  it('does not go on while a required field has no column', async () => {
    await step(inspection.mapping)

    expect(within(screen.getByRole('alert')).getByText('户籍地')).toBeTruthy()
    expect(screen.getByRole('button', { name: /下一步/ })).toHaveProperty('disabled', true)
  })

  it('goes on when the clerk has named the column', async () => {
    const view = await step(inspection.mapping)

    await fireEvent.update(screen.getByLabelText(/户口在/), 'hukouDivision')
    const [mapping] = view.emitted<[ColumnMapping]>('update:mapping')[0] ?? []
    await view.rerender({ mapping })
    await fireEvent.click(screen.getByRole('button', { name: /下一步/ }))

    expect(mapping).toEqual({ ...inspection.mapping, 户口在: 'hukouDivision' })
    expect(view.emitted('next')).toHaveLength(1)
  })

  it('offers no field for a column that classifies births, and says why', async () => {
    await step(inspection.mapping)

    expect(screen.queryByLabelText(/政策内外/)).toBeNull()
    expect(screen.getByText('按法律规定不导入')).toBeTruthy()
    expect(screen.getByText(/现行法律不再区分政策内外生育/)).toBeTruthy()
  })

  it('takes over what a source was last loaded with', async () => {
    const view = await step(inspection.mapping, [
      { source: '公安', mapping: { 户口在: 'hukouDivision', 政策内外: 'name', 别的: 'sex' } },
    ])

    const input = screen.getByRole('combobox', { name: '文件来源（可不填）' })
    await fireEvent.update(input, '公安')
    await fireEvent.change(input)

    expect(view.emitted('update:mapping').at(-1)).toEqual([
      { ...inspection.mapping, 户口在: 'hukouDivision' },
    ])
  })
})

describe('mapping rules', () => {
  it('keep a forbidden column out whatever was said before', () => {
    const mapping = startMapping(inspection, { 政策内外: 'name', 户口在: 'hukouDivision' })

    expect(mapping).toEqual({ ...inspection.mapping, 户口在: 'hukouDivision' })
  })

  it.each([
    [
      'the identity number stands for sex and birth date',
      { a: 'name', b: 'idNumber', c: 'hukouDivision' },
      [],
    ],
    ['the residence stands for the hukou', { a: 'name', b: 'idNumber', c: 'residenceDivision' }, []],
    ['without either they are missing', { a: 'name', c: 'hukouDivision' }, ['sex', 'birthDate']],
  ])('%s', (_, mapping, missing) => {
    expect(missingFields(fields, mapping).map(({ key }) => key)).toEqual(missing)
  })

  it('find the field that two columns fill', () => {
    expect([...doubledFields({ a: 'name', b: 'name', c: null, d: null })]).toEqual(['name'])
  })
})

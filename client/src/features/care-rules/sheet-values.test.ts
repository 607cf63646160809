import { describe, expect, test } from 'vitest'
import { NewMethodSheet, type MethodSheet } from '@youyu/shared/contraception/methods'
import { sheetBody, sheetValues } from './sheet-values.ts'

const sheet: MethodSheet = {
  ...{ method: 'M50', effectiveFrom: '2015-01-01', county: null, typicalUse: 6, perfectUse: 0.2 },
  ...{
    effectivenessSource: '来源',
    effectivenessNoteZh: null,
    effectivenessNoteEn: null,
    howZh: '用法',
    howEn: 'How',
  },
  ...{ sideEffectsZh: ['一', '二'], sideEffectsEn: ['one', 'two'], warningsZh: [], warningsEn: [] },
  ...{
    stiProtection: 'NO',
    returnToFertilityZh: '慢',
    returnToFertilityEn: 'Slow',
    followUpZh: '访',
    followUpEn: 'V',
  },
  ...{ source: '来源', reviewer: null, reviewedOn: null, recordedAt: '2026-01-01T00:00:00Z' },
}

describe('the form of a sheet', () => {
  test('sends what it shows, by whoever has checked it', () => {
    const values = sheetValues(sheet)
    const body = sheetBody({
      ...values,
      ...{ effectiveFrom: '2026-12-01', typicalUse: '5.5', sideEffectsZh: '一\n\n三 ', reviewer: '李主任' },
      reviewedOn: '2026-11-01',
    })

    expect(values).toMatchObject({ sideEffectsZh: '一\n二', effectivenessNoteZh: '', effectiveFrom: '' })
    expect(NewMethodSheet.parse(body)).toMatchObject({
      ...{
        typicalUse: 5.5,
        perfectUse: 0.2,
        sideEffectsZh: ['一', '三'],
        warningsZh: [],
        effectivenessNoteZh: null,
      },
      reviewer: '李主任',
    })
  })
})

import { levelOf, prefixOf } from '@youyu/shared/values'
import type { CellFault } from '../persons/rules.ts'
import { plainText, plainWords, readDivisionCode } from '../rules-values.ts'

export type DivisionCandidate = {
  code: string
  name: string
  level: number
  parentCode: string | null
  urbanRural: string | null
}

const levels: Record<string, number> = {
  省: 1,
  省级: 1,
  市: 2,
  地级: 2,
  市级: 2,
  地: 2,
  县: 3,
  县级: 3,
  区: 3,
  乡: 4,
  乡级: 4,
  镇: 4,
  街道: 4,
  村: 5,
  村级: 5,
  社区: 5,
  province: 1,
  prefecture: 2,
  city: 2,
  county: 3,
  township: 4,
  village: 5,
}

/** Reads one row of a file of divisions. A city without counties is the parent of towns: the file says so, or the code. */
export function readDivision(cell: (key: string) => string): {
  candidate: DivisionCandidate
  faults: CellFault[]
} {
  const faults: CellFault[] = []
  const codeText = plainText(cell('code'))
  const code = readDivisionCode(codeText)
  if (code === null) faults.push({ key: 'code', code: codeText === '' ? 'required' : 'invalid-value' })
  const name = plainWords(cell('name'))
  if (name === '') faults.push({ key: 'name', code: 'required' })
  else if (name.length > 60) faults.push({ key: 'name', code: 'invalid-value' })

  const levelText = plainText(cell('level'))
  const level =
    levelText === ''
      ? code
        ? levelOf(code)
        : 0
      : /^[1-5]$/.test(levelText)
        ? Number(levelText)
        : (levels[levelText.toLowerCase()] ?? 0)
  if (level === 0 && code !== null) faults.push({ key: 'level', code: 'invalid-code-value' })

  const parentText = plainText(cell('parentCode'))
  const parentCode =
    parentText === '' || /^0+$/.test(parentText)
      ? code && level > 1
        ? usualParent(code)
        : null
      : readDivisionCode(parentText)
  if (parentText !== '' && !/^0+$/.test(parentText) && parentCode === null)
    faults.push({ key: 'parentCode', code: 'invalid-value' })
  if (parentCode !== null && parentCode === code) faults.push({ key: 'parentCode', code: 'invalid-value' })

  const urbanRural = plainText(cell('urbanRural'))
  if (urbanRural !== '' && !/^\d{3}$/.test(urbanRural))
    faults.push({ key: 'urbanRural', code: 'invalid-code-value' })
  return {
    candidate: {
      code: code ?? '',
      name,
      level,
      parentCode,
      urbanRural: urbanRural === '' ? null : urbanRural,
    },
    faults,
  }
}

const shorter: Record<number, number> = { 12: 9, 9: 6, 6: 4, 4: 2 }

function usualParent(code: string): string | null {
  const prefix = prefixOf(code)
  const length = shorter[prefix.length]
  return length === undefined ? null : prefix.slice(0, length).padEnd(12, '0')
}

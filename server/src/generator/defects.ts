import { type Random, weighted } from './random.ts'
import type { GeneratedHousehold, PersonColumn, PersonRow } from './rows.ts'

/** What an import is expected to do with the row. */
type Outcome = 'rejected' | 'finding' | 'normalised' | 'kept-as-text'

export type ExpectedError = {
  /** The first row below the header is 1. */
  row: number
  column: PersonColumn
  defect: string
  reason: { zh: string; en: string }
  outcome: Outcome
}

type Defect = Omit<ExpectedError, 'row'> & {
  share: number
  /** Nothing if the row does not lend itself to it. */
  spoil: (row: PersonRow, head: PersonRow) => string | undefined
}

const formula = '=HYPERLINK("http://example.invalid/","点击查看")'

function defectsOf(county: string): Defect[] {
  return [
    {
      defect: 'bad-check-digit',
      share: 20,
      column: 'idNumber',
      outcome: 'rejected',
      reason: { zh: '身份证号校验码错误', en: 'The check digit of the identity number is wrong' },
      spoil: ({ idNumber }) =>
        idNumber &&
        idNumber.slice(0, 17) + (idNumber.endsWith('X') ? '0' : String((Number(idNumber[17]) + 1) % 10)),
    },
    {
      defect: 'impossible-date',
      share: 14,
      column: 'birthDate',
      outcome: 'rejected',
      reason: { zh: '出生日期不存在', en: 'The date of birth does not exist' },
      spoil: () => '2023-02-30',
    },
    {
      defect: 'unknown-division',
      share: 14,
      column: 'residenceDivision',
      outcome: 'rejected',
      reason: { zh: '现居住地区划代码不存在', en: 'The division of residence does not exist' },
      spoil: () => `${county}999999`,
    },
    {
      defect: 'missing-name',
      share: 10,
      column: 'name',
      outcome: 'rejected',
      reason: { zh: '姓名为空', en: 'The name is missing' },
      spoil: () => '',
    },
    {
      defect: 'duplicate-number',
      share: 10,
      column: 'idNumber',
      outcome: 'rejected',
      reason: { zh: '身份证号与户主重复', en: 'The identity number is that of the head of the household' },
      spoil: ({ idNumber }, head) => idNumber && head.idNumber,
    },
    {
      defect: 'sex-mismatch',
      share: 10,
      column: 'sex',
      outcome: 'finding',
      reason: { zh: '性别与身份证号不一致', en: 'The sex differs from the identity number' },
      spoil: ({ idNumber, sex }) => idNumber && (sex === '1' ? '2' : '1'),
    },
    {
      defect: 'lower-case-x',
      share: 6,
      column: 'idNumber',
      outcome: 'normalised',
      reason: { zh: '身份证号末位为小写x', en: 'The identity number ends in a lower-case x' },
      spoil: ({ idNumber }) => (idNumber.endsWith('X') ? idNumber.toLowerCase() : undefined),
    },
    {
      defect: 'old-number',
      share: 6,
      column: 'idNumber',
      outcome: 'normalised',
      reason: { zh: '15位旧身份证号', en: 'An old identity number of 15 digits' },
      spoil: ({ idNumber }) =>
        /^.{6}19[0-6]/.test(idNumber) ? idNumber.slice(0, 6) + idNumber.slice(8, 17) : undefined,
    },
    {
      defect: 'full-width-digits',
      share: 6,
      column: 'idNumber',
      outcome: 'normalised',
      reason: { zh: '身份证号为全角字符', en: 'The identity number is in full-width characters' },
      spoil: ({ idNumber }) =>
        idNumber.replace(/[0-9X]/g, (character) => String.fromCharCode(character.charCodeAt(0) + 0xfee0)),
    },
    {
      defect: 'formula',
      share: 4,
      column: 'address',
      outcome: 'kept-as-text',
      reason: { zh: '单元格内含公式', en: 'The cell holds a formula' },
      spoil: () => formula,
    },
  ]
}

/**
 * Spoils about `share` of all rows in place and tells what was done. Heads are spared, so that the file of
 * households stays whole.
 */
export function spoiler(
  random: Random,
  county: string,
  share: number,
): (household: GeneratedHousehold, firstRow: number) => ExpectedError[] {
  const defects = defectsOf(county)
  const draw = weighted(defects.map((defect) => [defect, defect.share]))
  let owed = 0
  let next = draw(random)

  return ({ persons }, firstRow) => {
    const found: ExpectedError[] = []
    const head = persons[0]
    for (const [index, person] of persons.entries()) {
      owed += share
      if (!head || person === head || owed < 0.5 + random.next()) continue
      const { column, defect, outcome, reason, spoil } = next
      const spoilt = spoil(person, head)
      if (spoilt === undefined || (spoilt === '' && column !== 'name')) continue
      person[column] = spoilt
      owed -= 1
      next = draw(random)
      found.push({ row: firstRow + index, column, defect, reason, outcome })
    }
    return found
  }
}

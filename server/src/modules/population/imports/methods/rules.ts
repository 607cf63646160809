import { endReasons } from '@youyu/shared/contraception/care-value-sets'
import { methodNames } from '@youyu/shared/contraception/methods'
import type { CellFault } from '../persons/rules.ts'
import { cellsOf } from '../rules-cells.ts'
import { reader } from '../rules-values.ts'

/** A method in use as a row of an old register tells it. */
export type MethodCandidate = {
  idNumber: string
  name: string
  method: string
  deviceType: string | null
  startedOn: string
  endedOn: string | null
  endReason: string | null
  facility: string
}

const { M00: _, M85: __, ...inUse } = methodNames
const readMethod = reader(inUse, 1, {
  女性绝育: 'M10',
  女扎: 'M10',
  女结扎: 'M10',
  输卵管结扎: 'M10',
  男性绝育: 'M20',
  男扎: 'M20',
  男结扎: 'M20',
  输精管结扎: 'M20',
  宫内节育器: 'M30',
  上环: 'M30',
  放环: 'M30',
  环: 'M30',
  iud: 'M30',
  曼月乐: 'M31',
  皮下埋植: 'M40',
  皮埋: 'M40',
  避孕针: 'M51',
  口服避孕药: 'M60',
  口服药: 'M60',
  短效口服避孕药: 'M60',
  避孕套: 'M70',
  安全套: 'M70',
  工具: 'M70',
  外用药: 'M80',
  其他: 'M99',
})
const readEndReason = reader(endReasons, 1)

const LONGEST_CODE = 40
const shortText = (text: string) => (text.length <= LONGEST_CODE ? text : null)

export function readOldMethod(
  cell: (key: string) => string,
  today: string,
): { candidate: MethodCandidate; faults: CellFault[] } {
  const cells = cellsOf(cell, today)
  const { optional, required, faults } = cells
  const endedOn = cells.day('endedOn')
  const candidate: MethodCandidate = {
    idNumber: cells.person('idNumber', true) ?? '',
    name: cells.plain('name'),
    method: required('method', readMethod, 'invalid-code-value') ?? '',
    deviceType: optional('deviceType', shortText),
    startedOn: cells.day('startedOn', true) ?? '',
    endedOn,
    endReason:
      optional('endReason', readEndReason, 'invalid-code-value') ?? (endedOn === null ? null : 'UNKNOWN'),
    facility: required('facility', shortText) ?? '',
  }
  // V6: taken out before it was put in.
  if (endedOn !== null && candidate.startedOn !== '' && endedOn < candidate.startedOn)
    faults.push({ key: 'endedOn', code: 'ends-before-start' })
  if (endedOn === null && candidate.endReason !== null) faults.push({ key: 'endedOn', code: 'required' })
  return { candidate, faults }
}

import { type EndReason, isOneOf } from '@youyu/shared/contraception/care-value-sets'
import { dualMethods } from '@youyu/shared/contraception/episodes'
import { isLongActingCn, type MethodCode } from '@youyu/shared/contraception/methods'
import type { CivilDate } from '@youyu/shared/values'
import type { WrongField } from '../../../refused.ts'
import type { ClientFacts } from '../clients/rules.ts'

type Said = {
  method: MethodCode
  startedOn: CivilDate
  isDual: boolean
  endedOn?: CivilDate | null | undefined
  endReason?: EndReason | null | undefined
}

/** What a man cannot use himself; a woman may rely on her partner's. */
const womens = ['M10', 'M30', 'M31', 'M40', 'M41', 'M42', 'M50', 'M51', 'M60', 'M61', 'M90'] as const

/** Impossible only; nothing here asks whether she is married or has children (E9). */
export function episodeFaults(
  said: Said,
  { sex, birthDate }: Pick<ClientFacts, 'sex' | 'birthDate'>,
  today: CivilDate,
  at = '',
): WrongField[] {
  const faults: WrongField[] = []
  if (said.startedOn > today || said.startedOn < birthDate)
    faults.push({ pointer: `${at}/startedOn`, code: 'invalid-date' })
  if (said.endedOn && (said.endedOn < said.startedOn || said.endedOn > today))
    faults.push({ pointer: `${at}/endedOn`, code: 'invalid-date' })
  if (said.endedOn && !said.endReason) faults.push({ pointer: `${at}/endReason`, code: 'required' })
  if (!said.endedOn && said.endReason) faults.push({ pointer: `${at}/endedOn`, code: 'required' })
  if (said.isDual && !isOneOf(dualMethods, said.method))
    faults.push({ pointer: `${at}/isDual`, code: 'invalid-value' })
  if (sex === '1' && isOneOf(womens, said.method))
    faults.push({ pointer: `${at}/method`, code: 'invalid-value' })
  return faults
}

/** V9: a method that needs a procedure was begun without an informed choice. */
export function startFindings(method: MethodCode, hasChoice: boolean): string[] {
  return isLongActingCn(method) && !hasChoice ? ['V9'] : []
}

/** GB/T 2261.2: in a marriage as the register knows it; only rates ask for it. */
export function isInUnion(maritalStatus: string | null): boolean {
  return maritalStatus !== null && maritalStatus.startsWith('2')
}

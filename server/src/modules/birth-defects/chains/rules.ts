import { linkOfItem, type ChainItem, type ChainState } from '@youyu/shared/birth-defects/chain-values'
import type { NewChain, NewChainLink } from '@youyu/shared/birth-defects/chains'
import type { OfferService } from '@youyu/shared/contraception/protocols'
import type { CivilDate, Id } from '@youyu/shared/values'
import type { WrongField } from '../../../refused.ts'

/** Newborn screening and the follow-up of a child are of one child; everything else is of the chain. */
const isOfChild = (item: ChainItem): boolean => [11, 13].includes(linkOfItem[item])

/** What needs no record of its own. Anything else is done by its record, or was done elsewhere. */
const told: readonly ChainItem[] = ['EDUCATION', 'POSTNATAL_VISIT', 'DELIVERY']

export function linkFaults(
  said: NewChainLink,
  chain: { openedOn: CivilDate; children: readonly Id[] },
  today: CivilDate,
): WrongField[] {
  const faults: WrongField[] = []
  if (said.on > today) faults.push({ pointer: '/on', code: 'invalid-date' })
  if (isOfChild(said.item) && !said.childId) faults.push({ pointer: '/childId', code: 'required' })
  if (said.childId && (!isOfChild(said.item) || !chain.children.includes(said.childId)))
    faults.push({ pointer: '/childId', code: 'invalid-value' })
  if (said.event === 'DONE' && !told.includes(said.item) && said.reason !== 'ELSEWHERE')
    faults.push({ pointer: '/reason', code: 'required' })
  if (['MISSED', 'NOT_APPLICABLE'].includes(said.event) && !said.reason)
    faults.push({ pointer: '/reason', code: 'required' })
  return faults
}

/** A decline holds: nobody offers again what she declined, and nothing that was done is offered or declined (E3). */
export function mayBeSaid(event: NewChainLink['event'], state: ChainState | undefined): boolean {
  if (state === 'DONE') return false
  if (state === 'DECLINED') return event === 'DONE'
  if (event === 'MISSED') return state === 'OVERDUE'
  return true
}

export function openingFaults({ on, marriedOn, expectedOn }: NewChain, today: CivilDate): WrongField[] {
  const faults: WrongField[] = []
  if (on > today) faults.push({ pointer: '/on', code: 'invalid-date' })
  if (marriedOn && marriedOn > today) faults.push({ pointer: '/marriedOn', code: 'invalid-date' })
  if (expectedOn && daysBetween(on, expectedOn) > 280)
    faults.push({ pointer: '/expectedOn', code: 'invalid-date' })
  return faults
}

function daysBetween(from: CivilDate, to: CivilDate): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000)
}

/** What the village is told: the type of service, and nothing of what it is. */
export const serviceOf = (item: ChainItem): OfferService =>
  item === 'EDUCATION' ? 'COUNSELLING' : 'CHECK_UP'

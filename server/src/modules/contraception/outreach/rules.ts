import {
  outreachCounters,
  type OutreachCheck,
  type OutreachCounter,
} from '@youyu/shared/contraception/outreach'
import type { DataClass } from '@youyu/shared/values'

export type Stated = Record<OutreachCounter, number>
export type Linked = Partial<Record<OutreachCounter, number>>

const services: readonly OutreachCounter[] = [
  'ultrasound',
  'gynaecology',
  'breast',
  'laboratory',
  'iudIn',
  'iudOut',
]

/** Services given; one person may have had several, so that they may well be more than the persons. */
export function itemsOf(stated: Stated): number {
  return services.reduce((sum, counter) => sum + stated[counter], 0)
}

const FEW = 5

/** Counters beside what is recorded one by one; few are told only to those who treat (domain §9.5). */
export function checksOf(stated: Stated, linked: Linked | null, clearance: DataClass): OutreachCheck[] {
  return outreachCounters.map((counter) => {
    const number = linked?.[counter]
    const isHidden = number === undefined || (clearance !== 'L4' && number > 0 && number < FEW)
    return {
      counter,
      stated: stated[counter],
      linked: isHidden ? null : number,
      difference: isHidden ? null : stated[counter] - number,
    }
  })
}

/** A5: what is recorded cannot be more than what was done in all. */
export function findingsOf(checks: readonly OutreachCheck[]): string[] {
  return checks.some(({ difference }) => difference !== null && difference < 0) ? ['A5'] : []
}

import { rate } from '../../../statistics/index.ts'
import type { Component, Measure, Tally } from '../../../population/index.ts'
import { alone, counted, quotient, share } from './sharing.ts'

const liveBirths = counted('newborn', 'LIVE')
const deliveries = counted('delivery', 'ALL')

export const earlyVisit: Measure = () => [quotient(null, counted('first-visit', 'EARLY'), liveBirths)]

const ended = counted('pregnancy', 'ENDED')
const once = counted('delivery', 'VISITS_1')
const fiveTimes = counted('delivery', 'VISITS_5')

/** Three readings of one name: each says in its definition version of whom it is. */
export const visits: Measure = () => [
  { ...share(null, once, deliveries), variant: 'women-delivering' },
  { ...share('five', fiveTimes, deliveries), variant: 'women-delivering' },
  { ...quotient('of-pregnant', once, ended), variant: 'pregnancies-ended' },
  { ...quotient('five-of-pregnant', fiveTimes, ended), variant: 'pregnancies-ended' },
  { ...quotient('of-live-births', once, liveBirths), variant: 'live-births' },
  { ...quotient('five-of-live-births', fiveTimes, liveBirths), variant: 'live-births' },
]

const ongoing: Tally = { relation: 'ongoing', where: 'true' }
const midVisits = counted('visit', 'MID')
const lateVisits = counted('visit', 'LATE')

function perPregnancy(key: string | null, upper: readonly Tally[]): Component {
  return {
    key,
    numerator: upper,
    denominator: [ongoing],
    release: [...upper.map((tally) => alone(tally)), alone(ongoing, { isOfYearsOnly: true })],
    funnel: { kind: 'rate', per: 1 },
    judge: (seen) => {
      const [events, denominator] = [seen.sum(upper), seen.sum([ongoing])]
      return {
        numerator: events,
        denominator,
        estimate: rate(events, denominator, 1),
        basis: { kind: 'rate', events, denominator },
        comparable: { kind: 'rate', events, population: denominator },
      }
    },
  }
}

export const monitoring: Measure = () => [
  perPregnancy(null, [midVisits, lateVisits]),
  perPregnancy('mid', [midVisits]),
  perPregnancy('late', [lateVisits]),
]

export const plans: Measure = () => [
  share(null, counted('high-risk', 'PLANNED'), counted('high-risk', 'FOUND')),
]

export const screening: Measure = () => [
  share(null, counted('screening', 'SCREENED'), counted('screening', 'REACHED')),
]

export const diagnosis: Measure = () => [
  share(null, counted('diagnosis', 'DIAGNOSED'), counted('diagnosis', 'INDICATED')),
]

export const hospitalDelivery: Measure = () => [share(null, counted('delivery', 'INSTITUTION'), deliveries)]

export const newbornScreening: Measure = () => [
  share(null, counted('newborn', 'BLOOD_SPOT'), liveBirths),
  share('hearing', counted('newborn', 'HEARING'), liveBirths),
  share('cchd', counted('newborn', 'CCHD'), liveBirths),
]

const suspects = counted('recall', 'SUSPECT')

export const recall: Measure = () => [
  share(null, counted('recall', 'RECALLED'), counted('recall', 'RECALL_DUE')),
  share('confirmed', counted('recall', 'CONFIRMED'), suspects),
  share('treated', counted('recall', 'TREATED'), counted('recall', 'TREATMENT_DUE')),
]

export const postnatalVisits: Measure = () => [quotient(null, counted('postnatal', 'VISITED'), liveBirths)]

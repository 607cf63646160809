import { countOf, type Component, type Measure } from '../../../population/index.ts'
import { share, summed } from './sharing.ts'
import type { CareRelation } from './relations.ts'

const only = (item: string) => `f.item = '${item}'`
const hit = (relation: CareRelation, condition = 'true') => summed(relation, 'f.hit', condition)
const due = (relation: CareRelation, condition = 'true') => summed(relation, 'f.due', condition)
const intime = (key: string | null, relation: CareRelation, condition = 'true') =>
  share(key, hit(relation, condition), due(relation, condition))

const kept = ({ release: _, ...component }: Component): Component => component

/**
 * After an abortion only for the county, and the whole not below it either, from which it could be worked out. Neither is
 * published: CON-14 tells how many abortions there were.
 */
export const timelyOffer: Measure = ({ isParted }) => [
  ...(isParted ? [] : [kept(intime(null, 'offer'))]),
  intime('postpartum', 'offer', only('POSTPARTUM')),
  ...(isParted ? [] : [kept(intime('postabortion', 'offer', only('POSTABORTION')))]),
  intime('request', 'offer', only('REQUEST')),
]

/** A whole and its kinds, published from one family of cells: of each kind what came about in time and what did not. */
function byKind(
  relation: CareRelation,
  kinds: readonly (readonly [key: string, condition: string])[],
): Component[] {
  const cells = kinds.flatMap(([, condition]) => [
    hit(relation, condition),
    summed(relation, 'f.due - f.hit', condition),
  ])
  // The last cell is what is left over.
  const family = { total: due(relation), cells: cells.slice(0, -1) }
  return [
    { ...intime(null, relation), release: [{ family, cells: cells.map((_, index) => index) }] },
    ...kinds.map(([key, condition], index) => ({
      ...intime(key, relation, condition),
      release: [{ family, cells: [2 * index, 2 * index + 1] }],
    })),
  ]
}

export const needMet: Measure = () =>
  byKind('need', [
    ['method', only('METHOD')],
    ['supply', only('SUPPLY')],
    ['appointment', only('APPOINTMENT')],
  ])

const longActing = `f.item in ('M10', 'M20', 'M30', 'M31', 'M40', 'M41', 'M42')`

export const informedChoice: Measure = () =>
  byKind('start', [
    ['long-acting', longActing],
    ['other', `not ${longActing}`],
  ])

const choices = summed('care', 'f.tally', `f.measure = 'choice'`)
const told = (item: string) => summed('care', 'f.tally', `f.measure = 'choice-told' and ${only(item)}`)

export const counsellingQuality: Measure = () => [
  share(null, told('ALL_THREE'), choices),
  kept(share('three-methods', told('THREE_METHODS'), choices)),
  kept(share('side-effects', told('SIDE_EFFECTS'), choices)),
  kept(share('follow-up', told('FOLLOW_UP'), choices)),
]

export const followUp: Measure = () => [
  intime(null, 'followUp'),
  { ...countOf('declined', summed('followUp', 'f.more')), unit: '次' },
]

export const removalInAWeek: Measure = () => [
  intime(null, 'removal'),
  { ...countOf('deferred', summed('removal', 'f.more')), unit: '例' },
]

const open = summed('due', 'f.opening + f.opened')
const closedBy = (...columns: string[]) => summed('due', columns.map((column) => `f.${column}`).join(' + '))
const reasons = ['done', 'declined', 'moved', 'not_needed', 'unreachable', 'died', 'expired']

const byReason = { total: open, cells: reasons.map((reason) => closedBy(reason)) }

export const closing: Measure = () => [
  {
    ...share(null, closedBy(...reasons), open),
    release: [{ family: byReason, cells: byReason.cells.map((_, index) => index) }],
  },
  ...reasons.map((reason, index) => ({
    ...share(reason, closedBy(reason), open),
    release: [{ family: byReason, cells: [index] }],
  })),
]

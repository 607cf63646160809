import { countOf, type Measure } from '../../../population/index.ts'
import { ofCountyOnly, share, summed } from './rules-sharing.ts'
import type { CareRelation } from './relations.ts'

const only = (item: string) => `f.item = '${item}'`
const hit = (relation: CareRelation, condition = 'true') => summed(relation, 'f.hit', condition)
const due = (relation: CareRelation, condition = 'true') => summed(relation, 'f.due', condition)
const intime = (key: string | null, relation: CareRelation, condition = 'true') =>
  share(key, hit(relation, condition), due(relation, condition))

/** After an abortion only for the county: and the whole not below it either, from which it could be worked out. */
export const timelyOffer: Measure = ({ isParted }) => [
  ...(isParted ? [] : [{ ...share(null, hit('offer'), due('offer'), ofCountyOnly) }]),
  intime('postpartum', 'offer', only('POSTPARTUM')),
  ...(isParted
    ? []
    : [
        share(
          'postabortion',
          hit('offer', only('POSTABORTION')),
          due('offer', only('POSTABORTION')),
          ofCountyOnly,
        ),
      ]),
  intime('request', 'offer', only('REQUEST')),
]

export const needMet: Measure = () => [
  intime(null, 'need'),
  intime('method', 'need', only('METHOD')),
  intime('supply', 'need', only('SUPPLY')),
  intime('appointment', 'need', only('APPOINTMENT')),
]

export const informedChoice: Measure = () => [
  intime(null, 'start'),
  intime('long-acting', 'start', `f.item in ('M10', 'M20', 'M30', 'M31', 'M40', 'M41', 'M42')`),
]

const choices = summed('care', 'f.tally', `f.measure = 'choice'`)
const told = (item: string) => summed('care', 'f.tally', `f.measure = 'choice-told' and ${only(item)}`)

export const counsellingQuality: Measure = () => [
  share(null, told('ALL_THREE'), choices),
  share('three-methods', told('THREE_METHODS'), choices),
  share('side-effects', told('SIDE_EFFECTS'), choices),
  share('follow-up', told('FOLLOW_UP'), choices),
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

export const closing: Measure = () => [
  share(null, closedBy(...reasons), open),
  ...reasons.map((reason) => share(reason, closedBy(reason), open)),
]

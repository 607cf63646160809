import { TorchAgent } from '@youyu/shared/birth-defects/torch'
import { shareOf, type Measure } from '../../../population/index.ts'
import { alone, counted, ofCountyOnly, quotient, share } from './sharing.ts'

export const premarital: Measure = () => [
  quotient(null, counted('premarital', 'CHECKED'), counted('marriage', 'REGISTERED')),
]

const checked = counted('preconception', 'CHECKED')

export const preconception: Measure = () => [quotient(null, checked, counted('preconception', 'TARGET'))]

const high = counted('preconception', 'HIGH_RISK')

export const highRisk: Measure = () => [
  share(null, high, checked),
  share('advised', counted('preconception', 'ADVISED'), high),
]

export const torchCoverage: Measure = () => [
  share(null, counted('torch-due', 'DONE'), counted('torch-due', 'DUE')),
]

const ofTorch = (item: string, agent?: string) => counted('torch', agent ? `${item}:${agent}` : item)

/** Results are told of whole counties only; agents overlap, so that they are not published beside the whole. */
export const torchPositivity: Measure = ({ isParted }) =>
  isParted
    ? []
    : [
        share(null, ofTorch('POSITIVE'), ofTorch('TESTED'), ofCountyOnly),
        ...TorchAgent.options.map((agent) =>
          shareOf(agent, ofTorch('POSITIVE', agent), ofTorch('TESTED', agent)),
        ),
      ]

export const torchFollowUp: Measure = ({ isParted }) =>
  isParted ? [] : [share(null, counted('torch-case', 'CLOSED'), counted('torch-case', 'FOUND'), ofCountyOnly)]

const dueForFolicAcid = counted('folic-due', 'DUE')

export const folicIntake: Measure = () => [share(null, counted('folic-due', 'TAKER'), dueForFolicAcid)]

export const folicAdherence: Measure = () => [
  share(null, counted('folic-mid', 'ADHERED'), counted('folic-mid', 'TOOK')),
]

/** Of surveys: answers of nobody in particular. */
export const folicAwareness: Measure = () => [
  share(null, counted('awareness', 'AWARE'), counted('awareness', 'SURVEYED')),
]

const boxes = counted('folic-box', 'ISSUED')

export const folicBoxes: Measure = () => [
  {
    key: null,
    numerator: [boxes],
    denominator: [dueForFolicAcid],
    release: [alone(dueForFolicAcid)],
    judge: (seen) => {
      const [issued, due] = [seen.sum([boxes]), seen.sum([dueForFolicAcid])]
      const value = due > 0 ? issued / due : null
      return {
        numerator: issued,
        denominator: due,
        estimate: { value, low: null, high: null, method: 'ratio' },
        basis: { kind: 'rate', events: issued, denominator: due },
        comparable: { kind: 'rate', events: issued, population: due },
      }
    },
  },
]

import {
  abortions as abortionTypes,
  isOneOf,
  procedureTypes,
  type ProcedureType,
} from '@youyu/shared/contraception/care-value-sets'
import { EpisodeMethod } from '@youyu/shared/contraception/episodes'
import { rate } from '../../../statistics/index.ts'
import { countOf, type Component, type Measure, type Release, type Tally } from '../../../population/index.ts'
import { ofCountyOnly, released, summed } from './sharing.ts'

const types = Object.keys(procedureTypes) as ProcedureType[]
const others = types.filter((type) => !isOneOf(abortionTypes, type))
const inList = (items: readonly string[]) => `f.item in (${items.map((item) => `'${item}'`).join(', ')})`

const done = (of: readonly string[]) => summed('care', 'f.tally', `f.measure = 'procedure' and ${inList(of)}`)

/** Events over what they could have happened in, per so many; Byar. */
function eventRate(key: string | null, events: Tally, exposure: Tally, per: number, scale = 1): Component {
  return {
    key,
    numerator: [events],
    denominator: [exposure],
    judge: (counted) => {
      const [happened, exposed] = [counted.sum([events]), counted.sum([exposure]) / scale]
      return {
        numerator: happened,
        denominator: exposed,
        estimate: rate(happened, exposed, per),
        basis: { kind: 'rate', events: happened, denominator: exposed },
        comparable: { kind: 'rate', events: happened, population: exposed },
      }
    },
  }
}

const DAYS_OF_YEAR = 365.25

/** Of whole counties: a township's failures would be somebody's. */
export const pearl: Measure = ({ isParted }) =>
  isParted
    ? []
    : [null, ...EpisodeMethod.options].map((method) => {
        const condition = method === null ? 'true' : `f.method = '${method}'`
        const failures = summed('use', 'f.failures', condition)
        return eventRate(method, failures, summed('use', 'f.days', condition), 100, DAYS_OF_YEAR)
      })

const complicated = (of: readonly string[]) => summed('complication', 'f.more', inList(of))
const performed = (of: readonly string[]) => summed('complication', 'f.due', inList(of))

function complicationRate(key: string | null, of: readonly string[]): Component {
  const component = eventRate(key, complicated(of), performed(of), 1000)
  return { ...component, funnel: { kind: 'rate', per: 1000 } }
}

export const complications: Measure = ({ isParted }) => [
  { ...complicationRate(null, others), release: complicationsReleased },
  ...(isParted
    ? []
    : [...others.map((type) => complicationRate(type, [type])), complicationRate('abortion', abortionTypes)]),
]

const byType = { total: done(types), cells: types.slice(0, -1).map((type) => done([type])) }
const cellsOf = (of: readonly ProcedureType[]) => of.map((type) => types.indexOf(type))

const complicationsReleased: Release[] = [
  { family: byType, cells: cellsOf(others), ...ofCountyOnly },
  { family: { total: complicated(others), cells: [] }, cells: [], ...ofCountyOnly },
]

/** Below the county, what is counted has no abortion in it. */
export const procedures: Measure = ({ isParted }) => {
  const counted = (key: string | null, of: readonly ProcedureType[]): Component => ({
    ...countOf(key, done(of)),
    unit: '例',
    release: [{ family: byType, cells: cellsOf(of), ...ofCountyOnly }],
  })
  return [
    counted(null, others),
    ...others.map((type) => counted(type, [type])),
    ...(isParted ? [] : [counted('abortion', abortionTypes)]),
  ]
}

const liveBirths: Tally = { relation: 'births', where: 'true' }
const aborted = done(abortionTypes)

export const abortions: Measure = ({ isParted }) =>
  isParted
    ? []
    : [
        {
          ...eventRate(null, aborted, liveBirths, 1),
          release: [
            { family: byType, cells: cellsOf(abortionTypes), ...ofCountyOnly },
            {
              ...released(liveBirths, liveBirths, ofCountyOnly),
              family: { total: liveBirths, cells: [] },
              cells: [],
            },
          ],
        },
      ]

import type { z } from 'zod'
import type { listSimulated, ScenarioPerson } from '@youyu/shared/subsidies/simulations'
import { maskDate, maskName } from '@youyu/shared/population/masking'
import type { Page } from '@youyu/shared/values'
import type { Access } from '../../../access/access.ts'
import { record } from '../../../audit/index.ts'
import { longTransaction } from '../../../database/transaction.ts'
import { keyIn, pageOf } from '../../../http/paging.ts'
import { todayOf, type Office } from '../../../office.ts'
import { Refused } from '../../../refused.ts'
import { divisionAsked, prepare } from './preparing.ts'
import * as queries from './queries.ts'
import { costsOf, monthsBefore, type ProgrammeFrame } from './rules-result.ts'

type AskedPeople = z.output<(typeof listSimulated)['schema']['body']>

/** Who would gain or lose, masked; a look at people is recorded. */
export async function simulatedPeople(
  { db, now }: Office,
  access: Access,
  { scenario, programme, year, effect, division: askedFor, limit, cursor }: AskedPeople,
): Promise<Page<ScenarioPerson>> {
  const division = divisionAsked(access, askedFor)
  const place = year - Number(scenario.on.slice(0, 4))
  const changes = scenario.changes.filter((change) => change.programme === programme)
  if (changes.length === 0 || place < 0 || place >= scenario.years)
    throw Refused.field('/programme', 'not-found')
  const at = now()
  const { rows, frame } = await longTransaction(db, access, async (tx) => {
    const prepared = await prepare(tx, access, {
      scenario: { ...scenario, changes },
      division,
      today: todayOf(at),
    })
    const { question } = prepared
    const [programmeFrame] = prepared.frame.programmes
    const yearAt = prepared.frame.years[place]!
    const isInForce = monthsBefore(programmeFrame!.from, yearAt.year) < 12
    // Only the year that is asked about, and nobody who is not born.
    const narrowed = {
      ...question,
      renewed: [],
      rules: question.rules.filter((rule) => rule.place === place),
    }
    const levels = isInForce ? affectedLevels(programmeFrame!, yearAt, question, effect) : []
    const found = await queries.selectSimulated(tx, access, narrowed, {
      levels,
      after: keyIn(cursor, ['string', 'string']) ?? undefined,
      limit: limit + 1,
    })
    await record(
      tx,
      access,
      {
        action: 'view',
        entity: 'benefit-simulation',
        division,
        rows: found.length,
        fields: ['name', 'birthDate'],
      },
      at,
    )
    return { rows: found, frame: { programme: programmeFrame!, at: yearAt } }
  })
  return pageOf(
    rows,
    limit,
    ({ divisionCode, divisionName, birthDate, name, base, changed, months, id }) => {
      const group = { base, changed, months, isNewBase: true, isNewChanged: true }
      const { baseFen, earlierFen, laterFen } = costsOf(frame.programme, frame.at, group)
      return {
        id,
        name: maskName(name),
        birth: maskDate(birthDate),
        division: { code: divisionCode, name: divisionName ?? divisionCode },
        level: changed ?? base ?? '',
        baseFen,
        changedFen: earlierFen + laterFen,
      }
    },
    (row) => [row.divisionCode, row.id],
  )
}

/** Pairs of levels before and after on which the change has this effect. */
function affectedLevels(
  frame: ProgrammeFrame,
  at: { year: number; asOf: string },
  { rules }: queries.ScenarioQuestion,
  effect: AskedPeople['effect'],
): [string | null, string | null][] {
  const names = new Set([''])
  for (const { terms } of rules)
    for (let level = terms.level; level;) {
      names.add(level.then)
      if (typeof level.else === 'string') names.add(level.else)
      level = typeof level.else === 'string' ? null : level.else
    }
  const all = [...names]
  if (effect === 'GAINED') return all.map((level) => [null, level])
  if (effect === 'LOST') return all.map((level) => [level, null])
  return all.flatMap((base) =>
    all.flatMap((changed): [string, string][] => {
      const { baseFen, earlierFen, laterFen } = costsOf(frame, at, {
        ...{ base, changed, months: null, isNewBase: true, isNewChanged: true },
      })
      const more = earlierFen + laterFen - baseFen
      return (effect === 'HIGHER' ? more > 0 : more < 0) ? [[base, changed]] : []
    }),
  )
}

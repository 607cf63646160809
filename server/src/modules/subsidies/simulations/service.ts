import type { z } from 'zod'
import {
  Scenario,
  ScenarioResult,
  type listScenarios,
  type NewSavedScenario,
  type SavedScenario,
  type SavedScenarioRow,
} from '@youyu/shared/subsidies/simulations'
import type { DivisionCode, Id, Page } from '@youyu/shared/values'
import type { Access } from '../../../access/access.ts'
import { record } from '../../../audit/index.ts'
import { newId } from '../../../crypto/ids.ts'
import { longCommand, longTransaction, reading, transaction } from '../../../database/transaction.ts'
import { assertVersion } from '../../../http/conditional.ts'
import { keyIn, pageOf } from '../../../http/paging.ts'
import { todayOf, type Office } from '../../../office.ts'
import { Refused } from '../../../refused.ts'
import { divisionAsked, simulateIn } from './preparing.ts'
import * as queries from './queries.ts'

/** What the scenario would do: nothing is stored. */
export async function simulate(
  { db, now }: Office,
  access: Access,
  scenario: z.output<typeof Scenario>,
  division: DivisionCode | undefined,
): Promise<ScenarioResult> {
  const asked = { scenario, division: divisionAsked(access, division), today: todayOf(now()) }
  return await longTransaction(db, access, (tx) => simulateIn(tx, access, asked))
}

const shownRow = ({
  id,
  name,
  note,
  on,
  programmes,
  madeAt,
  version,
}: queries.ScenarioRecord): SavedScenarioRow => ({
  ...{ id, name, note, on, programmes, version },
  madeAt: madeAt.toISOString(),
})

const shown = (row: queries.ScenarioRecord): SavedScenario => ({
  ...shownRow(row),
  scenario: Scenario.parse(row.scenario),
  result: ScenarioResult.parse(row.result),
})

type Listing = z.output<(typeof listScenarios)['schema']['querystring']>

export async function scenariosOf(
  { db }: Office,
  access: Access,
  { programme, limit, cursor }: Listing,
): Promise<Page<SavedScenarioRow>> {
  const after = keyIn(cursor, ['string'])?.[0]
  const rows = await reading(db, access, (tx) =>
    queries.selectScenarios(tx, access, { programme, after, limit: limit + 1 }),
  )
  return pageOf(rows, limit, shownRow, (row) => [row.id])
}

export async function readScenario({ db }: Office, access: Access, id: Id): Promise<SavedScenario> {
  const row = await reading(db, access, (tx) => queries.findScenario(tx, access, id))
  if (!row) throw new Refused('not-found')
  return shown(row)
}

/** Computed over the county and kept with its result, to be compared with others. */
export async function keepScenario(
  office: Office,
  access: Access,
  { name, note, scenario }: z.output<typeof NewSavedScenario>,
): Promise<SavedScenario> {
  const at = office.now()
  const id = newId(at.getTime())
  return await longCommand(office.db, access, async (tx) => {
    const division = divisionAsked(access, undefined)
    const result = await simulateIn(tx, access, { scenario, division, today: todayOf(at) })
    await queries.insertScenario(tx, access, {
      ...{ id, name, note: note ?? null, onDay: scenario.on, madeAt: at },
      programmes: scenario.changes.map(({ programme }) => programme),
      scenario: JSON.stringify(scenario),
      result: JSON.stringify(result),
    })
    await record(tx, access, { action: 'create', entity: 'benefit-scenario', entityId: id, division }, at)
    return shown((await queries.findScenario(tx, access, id))!)
  })
}

export async function withdrawScenario(
  { db, now }: Office,
  access: Access,
  id: Id,
  version: number,
): Promise<void> {
  const at = now()
  await transaction(db, access, async (tx) => {
    const row = await queries.findScenario(tx, access, id)
    if (!row) throw new Refused('not-found')
    assertVersion(version, row.version)
    await queries.withdrawScenarioRow(tx, access, id, at)
    await record(
      tx,
      access,
      { action: 'change', entity: 'benefit-scenario', entityId: id, fields: ['withdrawn'] },
      at,
    )
  })
}

import type {
  closeDueServices,
  Equation,
  listTownshipMonths,
  listVillageMonths,
} from '@youyu/shared/contraception/offers'
import type { EndpointOutput } from '@youyu/shared/endpoint'
import type { CivilDate } from '@youyu/shared/values'
import type { z } from 'zod'
import type { Access } from '../../../../access/access.ts'
import { record } from '../../../../audit/index.ts'
import type { Transaction } from '../../../../database/connect.ts'
import { longCommand, reading } from '../../../../database/transaction.ts'
import { todayOf, type Office } from '../../../../office.ts'
import { Refused } from '../../../../refused.ts'
import { closeMonth, isMonthClosed, selectMonth, selectMonthsOver, type MonthRow } from './queries.ts'
import { shownRows } from './rules.ts'

const equationOf = ({
  divisionCode: _code,
  divisionName: _name,
  service: _service,
  ...equation
}: MonthRow): Equation => equation
const placeOf = ({ divisionCode, divisionName }: MonthRow) => ({
  code: divisionCode,
  name: divisionName ?? divisionCode,
})

type VillageQuestion = z.output<(typeof listVillageMonths)['schema']['querystring']>

export async function villageMonths(
  { db }: Office,
  access: Access,
  { month, division }: VillageQuestion,
): Promise<EndpointOutput<typeof listVillageMonths>> {
  return await reading(db, access, async (tx) => {
    const isClosed = await isMonthClosed(tx, access, month)
    const rows = await selectMonth(tx, access, { month, list: 'VILLAGE', isClosed, division })
    const items = rows.map((row) => ({ division: placeOf(row), service: row.service, ...equationOf(row) }))
    return { month, isClosed, items }
  })
}

type CountyQuestion = z.output<(typeof listTownshipMonths)['schema']['querystring']>

export async function townshipMonths(
  { db }: Office,
  access: Access,
  { month, facilityId }: CountyQuestion,
): Promise<EndpointOutput<typeof listTownshipMonths>> {
  const { isClosed, rows } = await reading(db, access, async (tx) => {
    const closed = await isMonthClosed(tx, access, month)
    const question = { month, list: 'FACILITY', isClosed: closed, facilityId } as const
    return { isClosed: closed, rows: await selectMonth(tx, access, question) }
  })
  const services = [...new Set(rows.map(({ service }) => service))]
  const parts = services.map((service) => {
    const ofService = rows.filter((row) => row.service === service)
    const shown = shownRows(ofService.map((row) => ({ key: row, equation: equationOf(row) })))
    return {
      items: shown.rows.map(({ key, equation }) => ({
        ...{ division: placeOf(key), service, equation },
        suppressed: equation === null,
      })),
      total: { service, equation: shown.total, suppressed: shown.total === null },
    }
  })
  return {
    month,
    isClosed,
    items: parts.flatMap(({ items }) => items),
    totals: parts.map(({ total }) => total),
  }
}

export async function close(
  office: Office,
  access: Access,
  month: string,
): Promise<EndpointOutput<typeof closeDueServices>> {
  if (access.county === 0) throw new Refused('out-of-area')
  const at = office.now()
  return await longCommand(office.db, access, async (tx) => {
    const rows = await closeMonth(tx, access, month, todayOf(at), at)
    await record(tx, access, { action: 'change', entity: 'due-service-month', fields: [month], rows }, at)
    return { month, rows, closedAt: at.toISOString() }
  })
}

/** Every night: the months that are over and still open. */
export async function closeMonthsOver(
  tx: Transaction,
  access: Access,
  today: CivilDate,
  at: Date,
): Promise<void> {
  for (const month of await selectMonthsOver(tx, access, today))
    await closeMonth(tx, access, month, today, at)
}

import type { z } from 'zod'
import type {
  AntenatalCare,
  AntenatalCareRow,
  listAntenatalCare,
  WomanPregnancy,
} from '@youyu/shared/birth-defects/antenatal-care'
import { gestationOn, stillHolding } from '@youyu/shared/birth-defects/risk-facts'
import type { Id, Page } from '@youyu/shared/values'
import type { Access } from '../../../access/access.ts'
import { record } from '../../../audit/index.ts'
import { reading, transaction } from '../../../database/transaction.ts'
import { keyIn, pageOf } from '../../../http/paging.ts'
import { todayOf, type Office } from '../../../office.ts'
import { Refused } from '../../../refused.ts'
import { careDeed, clientOf } from '../../contraception/index.ts'
import { chainFor } from '../chains/index.ts'
import { referralsOf } from '../referrals/index.ts'
import { openValues, shownRow } from './contact-row.ts'
import { postnatalOf } from './postnatal/service.ts'
import * as queries from './queries.ts'
import { findCare, selectCares } from './queries-cares.ts'
import { scheduleOf } from './rules.ts'

type Asked = z.output<(typeof listAntenatalCare)['schema']['querystring']>

const open = new Set(['REGISTERED', 'ONGOING'])

export async function listCares(
  office: Office,
  access: Access,
  { limit, cursor, ...filter }: Asked,
): Promise<Page<AntenatalCareRow>> {
  const today = todayOf(office.now())
  const after = keyIn(cursor, ['string', 'string'])
  const rows = await reading(office.db, access, (tx) =>
    selectCares(tx, access, today, { ...filter, after, limit: limit + 1 }),
  )
  const page = pageOf(
    rows,
    limit,
    ({ womanId, name, birthDate, status, riskColour, ...row }): AntenatalCareRow => ({
      ...row,
      woman: { id: womanId, name, birthDate },
      colour: riskColour,
      gestationDays: open.has(status) ? gestationOn(row.expectedOn, today) : null,
    }),
    (row) => [row.nextOn ?? 'infinity', row.id],
  )
  for (const { woman } of page.items)
    office.views.note(access, careDeed(office, woman.id, 'view', 'antenatal-care', { fields: ['list'] }))
  return page
}

export async function pregnanciesOf(
  office: Office,
  access: Access,
  womanId: Id,
): Promise<{ items: WomanPregnancy[] }> {
  const at = office.now()
  const today = todayOf(at)
  return await transaction(office.db, access, async (tx) => {
    const [isKnown, found] = await Promise.all([
      queries.isClient(tx, access, womanId),
      queries.selectPregnancies(tx, access, { womanId }),
      record(tx, access, careDeed(office, womanId, 'view', 'pregnancy'), at),
    ])
    if (!isKnown) throw new Refused('not-found')
    const items = found.map(({ id, status, expectedOn, endedOn, bornOn, isMine }) => ({
      ...{ id, status, expectedOn, endedOn, bornOn, isMine },
      gestationDays: open.has(status) ? gestationOn(expectedOn, today) : null,
    }))
    return { items }
  })
}

/** Everything of one pregnancy's care that the facility may read; that it looked is written with it. */
export async function readCare(office: Office, access: Access, id: Id): Promise<AntenatalCare> {
  const at = office.now()
  const today = todayOf(at)
  return await transaction(office.db, access, async (tx) => {
    const [pregnancy] = await queries.selectPregnancies(tx, access, { id })
    if (!pregnancy) throw new Refused('not-found')
    const [woman, schedule, contacts, care, chain, referrals, postnatal] = await Promise.all([
      clientOf(tx, access, pregnancy.womanId),
      queries.selectSchedule(tx, access, today),
      queries.selectContacts(tx, access, id),
      findCare(tx, access, id),
      chainFor(tx, access, { pregnancyId: id }, today, at),
      referralsOf(tx, access, { pregnancyId: id }, today),
      postnatalOf(tx, office, access, id),
      record(tx, access, careDeed(office, pregnancy.womanId, 'view', 'antenatal-care'), at),
    ])
    const { status, expectedOn, endedOn, bornOn, registeredOn, riskColour } = pregnancy
    const kept = contacts.map((row) => ({ row, ...openValues(office, access, row) }))
    const taken = kept.map(({ row, values }) => ({ occurredOn: row.occurredOn, values }))
    const steps = scheduleOf(schedule, expectedOn, contacts, today)
    const { name, birthDate, idNumberMask, phoneMask } = woman
    const last = contacts.at(-1)
    return {
      pregnancy: {
        ...{ id, status, expectedOn, endedOn, bornOn, registeredOn, colour: last?.riskColour ?? riskColour },
        woman: { id: woman.id, name, birthDate, idNumberMask, phoneMask },
        gestationDays: open.has(status) ? gestationOn(expectedOn, today) : null,
      },
      chainId: chain?.chainId ?? null,
      isPurple: last?.isPurple ?? false,
      schedule: steps,
      next: steps.find(({ state }) => state === 'DUE' || state === 'NOT_DUE') ?? null,
      nextOn: last?.nextOn ?? null,
      known: stillHolding(taken, today),
      items: kept.at(-1)?.items ?? [],
      colours: contacts.map((row) => ({
        ...{ on: row.occurredOn, gestationDays: row.gestationDays, items: row.riskItems },
        ...{ colour: row.riskColour, isPurple: row.isPurple },
      })),
      contacts: kept.map(({ row, values }) => ({ ...shownRow(row), values })).reverse(),
      planDueSince: care?.planDueSince ?? null,
      planId: care?.planId ?? null,
      referrals,
      postnatal,
    }
  })
}

import type { NewSettlement } from '@youyu/shared/subsidies/settlements'
import type { CivilDate, Id } from '@youyu/shared/values'
import type { Access } from '../../../access/access.ts'
import type { Transaction } from '../../../database/connect.ts'
import { Refused } from '../../../refused.ts'
import * as owed from './queries-owed.ts'
import type * as queries from './queries.ts'
import { isFirstOfMonth, isMonthOver, pricedLine, type Line } from './rules.ts'

type Drawn = Pick<queries.NewRecord, 'programme' | 'kind' | 'period' | 'payeeId' | 'payee' | 'subjectId'> & {
  lines: Line[]
}

/** What is owed to whom, from the records that stand behind it. */
export async function drawUp(
  tx: Transaction,
  access: Access,
  body: NewSettlement,
  { today }: { today: CivilDate },
): Promise<Drawn> {
  if (body.kind === 'PREMIUM') return await ofPremium(tx, access, body.policyId)
  if (body.kind === 'ROSTER') return await ofRoster(tx, access, body.rosterId)
  if (!isFirstOfMonth(body.month)) throw Refused.field('/month', 'invalid-date')
  if (!isMonthOver(body.month, today)) throw new Refused('month-not-over')
  const payee = await owed.findOrganisation(tx, access.county, body.organisationId)
  if (!payee) throw Refused.field('/organisationId', 'not-found')
  const common = { period: body.month, payeeId: payee.id, payee: payee.name, subjectId: null }
  return body.kind === 'CLAIM'
    ? { ...common, kind: 'CLAIM', programme: body.programme, lines: await claimed(tx, access, body) }
    : { ...common, kind: 'WAIVER', programme: 'P11', lines: await waived(tx, access, body) }
}

async function claimed(
  tx: Transaction,
  access: Access,
  { programme, organisationId, month, lines }: Extract<NewSettlement, { kind: 'CLAIM' }>,
): Promise<Line[]> {
  const prices = await owed.selectPrices(tx, access.county, programme, month)
  const asked = lines.map(({ item, claimed: count }, index) => {
    const price = prices.get(item)
    if (!price) throw Refused.field(`/lines/${index}/item`, 'not-found')
    if (lines.findIndex((line) => line.item === item) !== index)
      throw Refused.field(`/lines/${index}/item`, 'already-exists')
    return { item, claimed: count, priceFen: price.priceFen, procedureTypes: price.procedureTypes }
  })
  const accepted = await owed.borneOut(tx, access.county, { facility: organisationId, month }, asked)
  return asked.map((line) => pricedLine(line.item, line.priceFen, line.claimed, accepted.get(line.item) ?? 0))
}

async function waived(
  tx: Transaction,
  access: Access,
  asked: Extract<NewSettlement, { kind: 'WAIVER' }>,
): Promise<Line[]> {
  const sums = await owed.sumWaivers(tx, access.county, asked)
  return sums.map(({ item, count, fen }) => summary(item, count, count, fen, fen))
}

const summary = (
  item: string,
  claims: number,
  accepted: number,
  claimedFen: number,
  amountFen: number,
): Line => ({
  ...{
    item,
    unitFen: null,
    claimed: claims,
    accepted,
    claimedFen,
    amountFen,
    isCovered: claimedFen === amountFen,
  },
})

async function ofPremium(tx: Transaction, access: Access, id: Id): Promise<Drawn> {
  const policy = await owed.findPremium(tx, access.county, id)
  if (!policy) throw Refused.field('/policyId', 'not-found')
  const { insurerId: payeeId, insurer: payee, fromOn: period, insured, premiumFen } = policy
  const lines = [summary('PREMIUM', insured, insured, premiumFen, premiumFen)]
  return { programme: 'P06', kind: 'PREMIUM', period, payeeId, payee, subjectId: id, lines }
}

async function ofRoster(tx: Transaction, access: Access, id: Id): Promise<Drawn> {
  const roster = await owed.findRosterOwed(tx, access.county, id)
  if (!roster) throw Refused.field('/rosterId', 'not-found')
  const { programme, department: payee, period, people, paid, totalFen, paidFen } = roster
  const lines = [summary('PEOPLE', people, paid, totalFen, paidFen)]
  return { programme, kind: 'ROSTER', period, payeeId: null, payee, subjectId: id, lines }
}

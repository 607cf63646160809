import type { CivilDate, Id, Page } from '@youyu/shared/values'
import type { Access } from '../../../access/access.ts'
import { record } from '../../../audit/index.ts'
import type { Transaction } from '../../../database/connect.ts'
import { reading } from '../../../database/transaction.ts'
import { keyIn, pageOf } from '../../../http/paging.ts'
import type { Office } from '../../../office.ts'
import { Refused } from '../../../refused.ts'
import { careDeed, careTransaction } from '../../contraception/index.ts'
import { voidLinks } from '../chains/index.ts'
import type { factsOf, Kept, Named } from '../queries-facts.ts'

type Screen = Kept & { childId: Id; occurredOn: CivilDate }
type Asked = {
  limit: number
  cursor?: string | undefined
  childId?: Id | undefined
  voided?: boolean | undefined
}

/** What is done alike with every kind of screen of newborns once it is kept: shown, and taken back with its links. */
export function keptScreens<Row extends Screen, Shown extends { child: { id: Id } }>(
  entity: 'cchd-screen' | 'hearing-screen',
  facts: ReturnType<typeof factsOf<Row>>,
  shown: (office: Office, access: Access, row: Row & Named) => Shown,
) {
  async function told(tx: Transaction, office: Office, access: Access, id: Id): Promise<Shown> {
    return shown(office, access, (await facts.find(tx, access, id))!)
  }

  async function takeBack(
    tx: Transaction,
    access: Access,
    id: Id,
    reason: string,
    at: Date,
  ): Promise<Row & Named> {
    const before = await facts.lock(tx, access, id)
    if (!before) throw new Refused('not-found')
    await facts.void(tx, access, id, reason, at)
    await voidLinks(tx, access, id, reason, at)
    return before
  }

  return {
    told,
    takeBack,

    async list(
      office: Office,
      access: Access,
      { limit, cursor, childId, voided, ...equal }: Asked & Record<string, unknown>,
    ): Promise<Page<Shown>> {
      const after = keyIn(cursor, ['string', 'string'])
      const rows = await reading(office.db, access, (tx) =>
        facts.list(tx, access, {
          equal: { childId, ...equal },
          ...{ voided, ofChain: childId !== undefined, by: 'occurredOn', after, limit: limit + 1 },
        }),
      )
      const page = pageOf(
        rows,
        limit,
        (row) => shown(office, access, row),
        (row) => [row.occurredOn, row.id],
      )
      for (const { child } of page.items)
        office.views.note(access, careDeed(office, child.id, 'view', entity))
      return page
    },

    async read(office: Office, access: Access, id: Id): Promise<Shown> {
      const row = await reading(office.db, access, (tx) => facts.find(tx, access, id))
      if (!row) throw new Refused('not-found')
      office.views.note(access, careDeed(office, row.childId, 'view', entity))
      return shown(office, access, row)
    },

    async void(office: Office, access: Access, id: Id, { reason }: { reason: string }): Promise<Shown> {
      const at = office.now()
      return await careTransaction(office, access, async (tx) => {
        const { childId } = await takeBack(tx, access, id, reason, at)
        await record(tx, access, careDeed(office, childId, 'correct', entity, { fields: ['void'] }), at)
        return await told(tx, office, access, id)
      })
    },
  }
}

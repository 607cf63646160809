import type { Id } from '@youyu/shared/values'
import type { Access } from '../../../access/access.ts'
import { record } from '../../../audit/index.ts'
import type { Transaction } from '../../../database/connect.ts'
import { rehearsal } from '../../../database/rehearsal.ts'
import { transaction } from '../../../database/transaction.ts'
import type { Office } from '../../../office.ts'
import { Refused } from '../../../refused.ts'
import { careDeed, careTransaction } from '../../contraception/index.ts'
import { voidLinks } from '../chains/index.ts'
import { voidContact, type ContactTable } from './queries-kept.ts'

type Contact = { id: Id; womanId: Id; isMine: boolean }

/** The contact in whose place another is written, and why. */
export type Replaced<Row> = { before: Row; reason: string }

/** What one kind of contact has of its own. */
type Kind<Row extends Contact, Given, Preview, Shown> = {
  entity: 'antenatal-contact' | 'postnatal-contact'
  table: ContactTable
  find: (tx: Transaction, access: Access, id: Id) => Promise<Row | undefined>
  shown: (tx: Transaction, office: Office, access: Access, row: Row) => Promise<Shown>
  record: (
    tx: Transaction,
    office: Office,
    access: Access,
    given: Given,
    at: Date,
    replaced?: Replaced<Row>,
  ) => Promise<{ id: Id; preview: Preview }>
  /** A kept contact as it was given. */
  given: (office: Office, access: Access, row: Row) => Given
  /** What else rests on a contact that did not take place. */
  undo?: (tx: Transaction, office: Office, access: Access, taken: Replaced<Row>, at: Date) => Promise<void>
}

type Correction<Given> = {
  set: { [Field in keyof Given]?: Given[Field] | undefined }
  reason: string
}

/** What is done alike with contacts before and after the birth: tried, entered, read, set right, taken back. */
export function keptContacts<Row extends Contact, Given, Preview, Shown>(
  kind: Kind<Row, Given, Preview, Shown>,
) {
  const { entity } = kind

  async function found(tx: Transaction, access: Access, id: Id): Promise<Row> {
    const row = await kind.find(tx, access, id)
    if (!row) throw new Refused('not-found')
    return row
  }

  async function told(tx: Transaction, office: Office, access: Access, id: Id): Promise<Shown> {
    return await kind.shown(tx, office, access, await found(tx, access, id))
  }

  /** The contact is voided with all that it said to the chain. */
  async function takeBack(tx: Transaction, access: Access, id: Id, reason: string, at: Date): Promise<Row> {
    const before = await found(tx, access, id)
    if (!before.isMine) throw new Refused('not-found')
    if (!(await voidContact(tx, access, kind.table, id, reason, at))) throw new Refused('conflict')
    await voidLinks(tx, access, id, reason, at)
    return before
  }

  /** The right one is judged as of its own day. */
  async function correctIn(
    tx: Transaction,
    office: Office,
    access: Access,
    id: Id,
    { set, reason }: Correction<Given>,
    at: Date,
  ) {
    const before = await takeBack(tx, access, id, reason, at)
    const given: Given = { ...kind.given(office, access, before), ...set }
    const right = await kind.record(tx, office, access, given, at, { before, reason })
    return { ...right, womanId: before.womanId }
  }

  return {
    async read(office: Office, access: Access, id: Id): Promise<Shown> {
      return await transaction(office.db, access, async (tx) => {
        const row = await found(tx, access, id)
        await record(tx, access, careDeed(office, row.womanId, 'view', entity), office.now())
        return await kind.shown(tx, office, access, row)
      })
    },

    async rehearse(office: Office, access: Access, given: Given): Promise<Preview> {
      const at = office.now()
      return await rehearsal(
        office.db,
        access,
        async (tx) => (await kind.record(tx, office, access, given, at)).preview,
      )
    },

    async enter(office: Office, access: Access, given: Given): Promise<Shown> {
      const at = office.now()
      return await careTransaction(office, access, async (tx) => {
        const { id } = await kind.record(tx, office, access, given, at)
        const row = await found(tx, access, id)
        await record(tx, access, careDeed(office, row.womanId, 'create', entity), at)
        return await kind.shown(tx, office, access, row)
      })
    },

    async rehearseCorrection(
      office: Office,
      access: Access,
      id: Id,
      correction: Correction<Given>,
    ): Promise<Preview> {
      const at = office.now()
      return await rehearsal(
        office.db,
        access,
        async (tx) => (await correctIn(tx, office, access, id, correction, at)).preview,
      )
    },

    async correct(office: Office, access: Access, id: Id, correction: Correction<Given>): Promise<Shown> {
      const at = office.now()
      return await careTransaction(office, access, async (tx) => {
        const right = await correctIn(tx, office, access, id, correction, at)
        const more = { fields: Object.keys(correction.set), reason: correction.reason }
        await record(tx, access, careDeed(office, right.womanId, 'correct', entity, more), at)
        return await told(tx, office, access, right.id)
      })
    },

    async void(office: Office, access: Access, id: Id, reason: string): Promise<Shown> {
      const at = office.now()
      return await careTransaction(office, access, async (tx) => {
        const before = await takeBack(tx, access, id, reason, at)
        await kind.undo?.(tx, office, access, { before, reason }, at)
        const more = { fields: ['void'], reason }
        await record(tx, access, careDeed(office, before.womanId, 'correct', entity, more), at)
        return await told(tx, office, access, id)
      })
    },
  }
}

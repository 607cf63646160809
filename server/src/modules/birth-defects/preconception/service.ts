import type {
  FollowedUp,
  listPreconceptionFollowUps,
  PreconceptionFollowUp,
} from '@youyu/shared/birth-defects/preconception'
import type { Id, Page } from '@youyu/shared/values'
import type { z } from 'zod'
import type { Access } from '../../../access/access.ts'
import { record } from '../../../audit/index.ts'
import { newId } from '../../../crypto/ids.ts'
import { reading, transaction } from '../../../database/transaction.ts'
import { assertVersion } from '../../../http/conditional.ts'
import { keyIn, pageOf } from '../../../http/paging.ts'
import { todayOf, type Office } from '../../../office.ts'
import { Refused } from '../../../refused.ts'
import { careDeed } from '../../contraception/index.ts'
import * as queries from './queries.ts'
import { followUpFaults, nextContact } from './rules.ts'

function shown({ ciphers }: Office, { county }: Access, row: queries.KeptFollowUp): PreconceptionFollowUp {
  const { facilityId: _, divisionCode: __, ordinal: ___, checkedOn: ____, days: _____, ...shown } = row
  const { noteCipher, ...fields } = shown
  return {
    ...fields,
    note: noteCipher && ciphers.clinical.decipher(noteCipher, { county, id: row.id }),
  }
}

type Asked = z.output<(typeof listPreconceptionFollowUps)['schema']['querystring']>

export async function listAll(
  office: Office,
  access: Access,
  { limit, cursor, isDue, ...filter }: Asked,
): Promise<Page<PreconceptionFollowUp>> {
  const after = keyIn(cursor, ['string', 'string'])
  const dueBy = isDue ? todayOf(office.now()) : undefined
  const rows = await reading(office.db, access, (tx) =>
    queries.selectFollowUps(tx, access, { ...filter, dueBy, after, limit: limit + 1 }),
  )
  const page = pageOf(
    rows,
    limit,
    (row) => shown(office, access, row),
    (row) => [row.dueFrom, row.id],
  )
  for (const id of new Set(page.items.map(({ client }) => client.id)))
    office.views.note(access, careDeed(office, id, 'view', 'preconception-follow-up'))
  return page
}

/** What a contact came to; the next one is planned with it. */
export async function followUp(
  office: Office,
  access: Access,
  id: Id,
  version: number,
  body: FollowedUp,
): Promise<PreconceptionFollowUp> {
  const at = office.now()
  return await transaction(office.db, access, async (tx) => {
    await queries.lockFollowUp(tx, access, id)
    const before = await queries.findFollowUp(tx, access, id)
    if (!before) throw new Refused('not-found')
    assertVersion(version, before.version)
    if (before.state !== 'PLANNED') throw new Refused('already-decided')
    const { contact, ordinal, checkedOn, days, checkId, chainId, divisionCode } = before
    const faults = followUpFaults(contact, checkedOn, body, todayOf(at))
    if (faults.length > 0) throw new Refused('invalid-request', { errors: faults })
    const { note, ...said } = body
    const noteCipher =
      note === null ? null : office.ciphers.clinical.encipher(note, { county: access.county, id })
    await queries.updateContact(tx, access, id, { ...said, noteCipher }, at)
    const next = nextContact(contact, ordinal, body, days)
    if (next) {
      const [dueFrom, dueTo] = next.window
      const planned = { contact: next.contact, ordinal: next.ordinal, dueFrom, dueTo }
      const of = { checkId, chainId, divisionCode, clientId: before.client.id }
      await queries.insertContact(tx, access, { id: newId(at.getTime()), ...of, ...planned }, at)
    }
    await record(tx, access, careDeed(office, before.client.id, 'change', 'preconception-follow-up'), at)
    return shown(office, access, (await queries.findFollowUp(tx, access, id))!)
  })
}

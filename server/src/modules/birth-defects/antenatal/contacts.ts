import type { AntenatalContact, NewAntenatalContact } from '@youyu/shared/birth-defects/antenatal-contacts'
import type { Access } from '../../../access/access.ts'
import type { Transaction } from '../../../database/connect.ts'
import type { Office } from '../../../office.ts'
import { carryOutVisit, keepPurple } from '../../population/index.ts'
import { judgeAgain } from '../risk/index.ts'
import { openValues, shownContact } from './contact-row.ts'
import { keptContacts, type Replaced } from './kept-contacts.ts'
import { findContact, selectContacts, type ContactRow } from './queries.ts'
import { settleCare } from './queries-cares.ts'
import { inCounty, recordContact } from './recording.ts'

/** With what its versions make of it today: the stored answer must come out again. */
async function shown(
  tx: Transaction,
  office: Office,
  access: Access,
  row: ContactRow,
): Promise<AntenatalContact> {
  const kept = openValues(office, access, row)
  const { asked, signs, items } = kept
  return shownContact(row, kept, await judgeAgain(tx, { values: asked, signs, items }, row))
}

function given(office: Office, access: Access, row: ContactRow): NewAntenatalContact {
  const { pregnancyId, occurredOn, place, counselling, ironDays, nextOn } = row
  const { values, signs, items, medications, note } = openValues(office, access, row)
  return {
    ...{ pregnancyId, occurredOn, place, counselling, ironDays, nextOn },
    ...{ values, signs, items, medications, note },
  }
}

/** The visit of the register, the line of her care and purple follow those that stand. */
async function undo(
  tx: Transaction,
  office: Office,
  access: Access,
  { before: { visitId, pregnancyId }, reason }: Replaced<ContactRow>,
  at: Date,
): Promise<void> {
  const inRegister = inCounty(access)
  await carryOutVisit(tx, inRegister, pregnancyId, { kind: 'void', visitId, reason }, at)
  await settleCare(tx, access, pregnancyId, at)
  const last = (await selectContacts(tx, access, pregnancyId)).at(-1)
  await keepPurple(tx, office, inRegister, pregnancyId, last?.isPurple ?? false, at)
}

export const antenatalContacts = keptContacts({
  ...{ entity: 'antenatal-contact', table: 'antenatal_contacts' },
  ...{ find: findContact, shown, record: recordContact, given, undo },
})

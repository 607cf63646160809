import type { NewPostnatalContact, PostnatalContact } from '@youyu/shared/birth-defects/postnatal-contacts'
import type { Id } from '@youyu/shared/values'
import type { Access } from '../../../../access/access.ts'
import type { Transaction } from '../../../../database/connect.ts'
import type { Office } from '../../../../office.ts'
import { adviseAgain } from '../../risk/index.ts'
import { openValues } from '../contact-row.ts'
import { keptContacts } from '../kept-contacts.ts'
import { findPostnatal, selectPostnatal, type PostnatalRow } from './queries.ts'
import { recordPostnatal } from './recording.ts'

async function shown(
  tx: Transaction,
  office: Office,
  access: Access,
  row: PostnatalRow,
): Promise<PostnatalContact> {
  const { womanId, name, birthDate, valuesCipher: _, adviceRows: __, recordedAt, voidedAt, ...told } = row
  const { values, signs, items, asked, medications, note } = openValues(office, access, row)
  return {
    ...told,
    woman: { id: womanId, name, birthDate },
    ...{ values, signs, medications, note },
    advice: await adviseAgain(tx, { values: asked, signs, items }, row.adviceTable),
    recordedAt: recordedAt.toISOString(),
    voidedAt: voidedAt?.toISOString() ?? null,
  }
}

function given(office: Office, access: Access, row: PostnatalRow): NewPostnatalContact {
  const { pregnancyId, kind, bornOn, occurredOn, place, breastfeeding, counselling } = row
  const { values, signs, medications, note } = openValues(office, access, row)
  return {
    ...{ pregnancyId, kind, bornOn, occurredOn, place, breastfeeding, counselling },
    ...{ values, signs, medications, note },
  }
}

export const postnatalContacts = keptContacts({
  ...{ entity: 'postnatal-contact', table: 'postnatal_contacts' },
  ...{ find: findPostnatal, shown, record: recordPostnatal, given },
})

export async function postnatalOf(
  tx: Transaction,
  office: Office,
  access: Access,
  pregnancyId: Id,
): Promise<PostnatalContact[]> {
  const rows = await selectPostnatal(tx, access, pregnancyId)
  return await Promise.all(rows.map((row) => shown(tx, office, access, row)))
}

import type { ContactPlace } from '@youyu/shared/birth-defects/contact-values'
import type { PostnatalContact, PostnatalKind } from '@youyu/shared/birth-defects/postnatal-contacts'
import type { Urgency } from '@youyu/shared/birth-defects/decision-support'
import type { CivilDate, DivisionCode, Id } from '@youyu/shared/values'
import type { Access } from '../../../../access/access.ts'
import type { Transaction } from '../../../../database/connect.ts'
import { ask, Bound, insertRow } from '../../../../database/statements.ts'
import { ofChain, woman } from '../queries-kept.ts'

export type PostnatalRow = {
  id: Id
  pregnancyId: Id
  womanId: Id
  name: string
  birthDate: CivilDate
  kind: PostnatalKind
  bornOn: CivilDate
  occurredOn: CivilDate
  daysAfterBirth: number
  place: ContactPlace
  breastfeeding: PostnatalContact['breastfeeding']
  counselling: PostnatalContact['counselling']
  adviceRows: string[]
  urgency: Urgency | null
  adviceTable: string
  valuesCipher: Buffer
  isMine: boolean
  recordedAt: Date
  voidedAt: Date | null
  voidReason: string | null
  replaces: Id | null
}

const columns = `v.id, v.pregnancy_id as "pregnancyId", v.woman_id as "womanId", c.name, c.birth_date as "birthDate", v.kind, v.born_on as "bornOn",
  v.occurred_on as "occurredOn", v.days_after_birth as "daysAfterBirth", v.place, v.breastfeeding, v.counselling, v.advice_rows as "adviceRows",
  v.urgency, v.advice_table as "adviceTable", v.values_cipher as "valuesCipher", v.recorded_at as "recordedAt", v.voided_at as "voidedAt",
  v.void_reason as "voidReason", v.replaces`

/** Voided ones too. */
export async function findPostnatal(
  tx: Transaction,
  access: Access,
  id: Id,
): Promise<PostnatalRow | undefined> {
  const bound = new Bound()
  const { where, isMine } = ofChain(bound, access)
  const text = `select ${columns}, ${isMine} from postnatal_contacts v ${woman} where ${where} and v.id = ${bound.bind(id)}`
  return (await ask<PostnatalRow>(tx, text, bound.values))[0]
}

/** Those of a pregnancy that stand, the latest first. */
export async function selectPostnatal(
  tx: Transaction,
  access: Access,
  pregnancyId: Id,
): Promise<PostnatalRow[]> {
  const bound = new Bound()
  const { where, isMine } = ofChain(bound, access)
  const text = `select ${columns}, ${isMine} from postnatal_contacts v ${woman}
    where ${where} and v.pregnancy_id = ${bound.bind(pregnancyId)} and v.voided_at is null
    order by v.occurred_on desc, v.id desc limit 50`
  return await ask(tx, text, bound.values)
}

type NewRow = Omit<
  PostnatalRow,
  'name' | 'birthDate' | 'isMine' | 'recordedAt' | 'voidedAt' | 'voidReason'
> & {
  chainId: Id
  divisionCode: DivisionCode
}

export async function insertPostnatal(
  tx: Transaction,
  { county, facility, actorId }: Access,
  row: NewRow,
  at: Date,
): Promise<void> {
  await insertRow(tx, 'postnatal_contacts', {
    ...{
      countyCode: county,
      facilityId: facility,
      ...row,
      recordedAt: at,
      recordedBy: actorId,
      source: 'MANUAL',
    },
  })
}

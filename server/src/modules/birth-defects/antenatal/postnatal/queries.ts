import type { ContactPlace, PostnatalContact, PostnatalKind } from '@youyu/shared/birth-defects/antenatal'
import type { Urgency } from '@youyu/shared/birth-defects/decision-support'
import type { CivilDate, DivisionCode, Id } from '@youyu/shared/values'
import type { Access } from '../../../../access/access.ts'
import type { Transaction } from '../../../../database/connect.ts'
import { ask, Bound, insertRow } from '../../../../database/statements.ts'

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
  counselling: string[]
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

/** Own ones, and those of a chain that the facility takes part in. */
export async function selectPostnatal(
  tx: Transaction,
  { county, facility }: Access,
  { id, pregnancyId }: { id?: Id; pregnancyId?: Id },
): Promise<PostnatalRow[]> {
  const bound = new Bound()
  const mine = `v.facility_id = ${bound.bind(facility)}`
  const one = id
    ? `v.id = ${bound.bind(id)}`
    : `v.pregnancy_id = ${bound.bind(pregnancyId)} and v.voided_at is null`
  const text = `select ${columns}, ${mine} as "isMine" from postnatal_contacts v cross join lateral app.client_of(v.county_code, v.woman_id) c
    where v.county_code = ${bound.bind(county)} and (${mine} or app.joins(v.county_code, v.chain_id)) and ${one}
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

export async function voidPostnatal(
  tx: Transaction,
  { county, facility, actorId }: Access,
  id: Id,
  reason: string,
  at: Date,
): Promise<void> {
  await ask(
    tx,
    `update postnatal_contacts set voided_at = $4, voided_by = $5, void_reason = $6
     where county_code = $1 and facility_id = $2 and id = $3 and voided_at is null`,
    [county, facility, id, at, actorId, reason],
  )
}

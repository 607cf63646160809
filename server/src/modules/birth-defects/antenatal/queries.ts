import type { AntenatalStep } from '@youyu/shared/birth-defects/antenatal-contacts'
import type { ContactPlace, CounsellingTopic } from '@youyu/shared/birth-defects/contact-values'
import type { Urgency } from '@youyu/shared/birth-defects/decision-support'
import type { RiskColour } from '@youyu/shared/population/value-sets'
import type { CivilDate, DivisionCode, Id } from '@youyu/shared/values'
import type { Access } from '../../../access/access.ts'
import type { Transaction } from '../../../database/connect.ts'
import { ask, Bound, insertRow } from '../../../database/statements.ts'
import { ofChain, woman } from './queries-kept.ts'
import type { StepWindow } from './rules.ts'

export type PregnancyInCare = {
  id: Id
  womanId: Id
  status: string
  expectedOn: CivilDate
  registeredOn: CivilDate
  endedOn: CivilDate | null
  riskColour: RiskColour
  conception: string
  plurality: number | null
  parityBefore: number | null
  gravida: number | null
  divisionCode: DivisionCode
  bornOn: CivilDate | null
  isMine: boolean
}

/** Pregnancies that a facility may take into care: one by its id, or a woman's. */
export async function selectPregnancies(
  tx: Transaction,
  { county, facility }: Access,
  { id, womanId }: { id?: Id; womanId?: Id },
): Promise<PregnancyInCare[]> {
  return await ask(
    tx,
    `select g.id, g.woman_id as "womanId", g.status, g.expected_on as "expectedOn", g.registered_on as "registeredOn", g.ended_on as "endedOn",
       g.risk_colour as "riskColour", g.conception, g.plurality, g.parity_before as "parityBefore", g.gravida,
       g.division_code as "divisionCode", g.born_on as "bornOn",
       exists (select from antenatal_cares c where c.county_code = $1 and c.facility_id = $4 and c.pregnancy_id = g.id and c.contacts > 0) as "isMine"
     from app.pregnancies_in_care($1, $2, $3) g`,
    [county, id ?? null, womanId ?? null, facility],
  )
}

/** Whether the county knows her. */
export async function isClient(tx: Transaction, { county }: Access, id: Id): Promise<boolean> {
  return (await ask(tx, 'select c.id from app.client_of($1, $2) c', [county, id])).length > 0
}

/** The antenatal items of the schedule in force on a day, counted from the last menstruation. */
export async function selectSchedule(
  tx: Transaction,
  { county }: Access,
  on: CivilDate,
): Promise<StepWindow[]> {
  return await ask(
    tx,
    `select i.item, i.from_days as "fromDays", i.to_days as "toDays" from chain_schedule_items i
     join (select s.owner_county, s.version from chain_schedules s
       where s.owner_county in (0, $1::int) and s.status = 'IN_FORCE' and s.effective_from <= $2
       order by (s.owner_county = $1::int) desc, s.effective_from desc, s.version desc limit 1) v
       on v.owner_county = i.owner_county and v.version = i.version
     where i.item like 'ANC\\_%' and i.anchor = 'LMP' order by i.from_days`,
    [county, on],
  )
}

export type ContactRow = {
  id: Id
  facilityId: Id
  chainId: Id
  pregnancyId: Id
  womanId: Id
  name: string
  birthDate: CivilDate
  visitId: Id
  divisionCode: DivisionCode
  occurredOn: CivilDate
  place: ContactPlace
  gestationDays: number
  step: AntenatalStep | null
  riskColour: RiskColour
  isPurple: boolean
  riskItems: string[]
  adviceRows: string[]
  urgency: Urgency | null
  riskTable: string
  adviceTable: string
  counselling: CounsellingTopic[]
  ironDays: number | null
  nextOn: CivilDate | null
  valuesCipher: Buffer
  isMine: boolean
  recordedAt: Date
  voidedAt: Date | null
  voidReason: string | null
  replaces: Id | null
}

const columns = `v.id, v.facility_id as "facilityId", v.chain_id as "chainId", v.pregnancy_id as "pregnancyId", v.woman_id as "womanId", c.name,
  c.birth_date as "birthDate", v.visit_id as "visitId", v.division_code as "divisionCode", v.occurred_on as "occurredOn", v.place,
  v.gestation_days as "gestationDays", v.step, v.risk_colour as "riskColour", v.is_purple as "isPurple", v.risk_items as "riskItems",
  v.advice_rows as "adviceRows", v.urgency, v.risk_table as "riskTable", v.advice_table as "adviceTable", v.counselling,
  v.iron_days as "ironDays", v.next_on as "nextOn", v.values_cipher as "valuesCipher", v.recorded_at as "recordedAt",
  v.voided_at as "voidedAt", v.void_reason as "voidReason", v.replaces`

export async function findContact(tx: Transaction, access: Access, id: Id): Promise<ContactRow | undefined> {
  const bound = new Bound()
  const { where, isMine } = ofChain(bound, access)
  const text = `select ${columns}, ${isMine} from antenatal_contacts v ${woman} where ${where} and v.id = ${bound.bind(id)}`
  return (await ask<ContactRow>(tx, text, bound.values))[0]
}

/** Those of a pregnancy that stand, the earliest first. */
export async function selectContacts(
  tx: Transaction,
  access: Access,
  pregnancyId: Id,
): Promise<ContactRow[]> {
  const bound = new Bound()
  const { where, isMine } = ofChain(bound, access)
  const text = `select ${columns}, ${isMine} from antenatal_contacts v ${woman}
    where ${where} and v.pregnancy_id = ${bound.bind(pregnancyId)} and v.voided_at is null
    order by v.occurred_on, v.recorded_at, v.id limit 200`
  return await ask(tx, text, bound.values)
}

export type NewContactRow = Omit<
  ContactRow,
  'name' | 'birthDate' | 'isMine' | 'recordedAt' | 'voidedAt' | 'voidReason'
>

export async function insertContact(
  tx: Transaction,
  { county, actorId }: Access,
  row: NewContactRow,
  at: Date,
): Promise<void> {
  await insertRow(tx, 'antenatal_contacts', {
    ...{ countyCode: county, ...row, recordedAt: at, recordedBy: actorId, source: 'MANUAL' },
  })
}

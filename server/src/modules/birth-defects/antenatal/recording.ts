import type { ContactPreview, NewAntenatalContact } from '@youyu/shared/birth-defects/antenatal-contacts'
import { needsHospital, needsPlan } from '@youyu/shared/birth-defects/risk'
import { factsOn, gestationOn, stillHolding } from '@youyu/shared/birth-defects/risk-facts'
import type { Id } from '@youyu/shared/values'
import type { Access } from '../../../access/access.ts'
import { newId } from '../../../crypto/ids.ts'
import type { Transaction } from '../../../database/connect.ts'
import { todayOf, type Office } from '../../../office.ts'
import { Refused } from '../../../refused.ts'
import { clientOf, keepClient } from '../../contraception/index.ts'
import { carryOutVisit, keepPurple } from '../../population/index.ts'
import { chainFor, makeDue, openChain, recordLinks, type LinkEvent } from '../chains/index.ts'
import { sendIn } from '../referrals/index.ts'
import { judge, type Judgement } from '../risk/index.ts'
import { codesOf, openValues, sealValues } from './contact-row.ts'
import type { Replaced } from './kept-contacts.ts'
import * as queries from './queries.ts'
import { findCare, settleCare } from './queries-cares.ts'
import { contactFaults, nextContactOn, stepAt } from './rules.ts'

/** The woman has come to the facility: her pregnancy is written to wherever in the county it is kept. */
export function inCounty(access: Access): Access {
  return { ...access, prefixes: [String(access.county).padStart(6, '0')] }
}

/** One antenatal contact: the visit of the register, its assessment, the chain, the referral; all or nothing. */
export async function recordContact(
  tx: Transaction,
  office: Office,
  access: Access,
  body: NewAntenatalContact,
  at: Date,
  replaced?: Replaced<queries.ContactRow>,
): Promise<{ id: Id; preview: ContactPreview }> {
  const { pregnancyId, occurredOn, values, signs } = body
  const assessed = await assess(tx, office, access, body, at)
  const { pregnancy, woman, before, known, asked, items, schedule, isFirst } = assessed
  const { gestationDays, step, nextOn, advice, urgency, riskTable, adviceTable, risk } = assessed
  const { colour: riskColour, isPurple, reasons } = risk

  const id = newId(at.getTime())
  await keepClient(tx, access, { clientId: woman.id, on: occurredOn, encounters: 0 })
  const chainId = await chainOf(tx, access, pregnancy, occurredOn, at)
  const visitId = await enterVisit(tx, access, { ...body, riskColour, nextOn }, at, replaced)
  await keepPurple(tx, office, inCounty(access), pregnancyId, isPurple, at)
  const { place, counselling, ironDays, medications, note, referral } = body
  await queries.insertContact(
    tx,
    access,
    {
      ...{ id, facilityId: access.facility!, chainId, pregnancyId, womanId: woman.id, visitId },
      ...{ divisionCode: woman.residenceDivision, occurredOn, place, gestationDays, step },
      ...{ riskColour, isPurple, riskItems: codesOf(reasons), adviceRows: codesOf(advice), urgency },
      ...{ riskTable, adviceTable, counselling, ironDays, nextOn, replaces: replaced?.before.id ?? null },
      valuesCipher: sealValues(office, access, id, {
        ...{ values, signs, items, known, asked, medications, note },
      }),
    },
    at,
  )
  await settleCare(tx, access, pregnancyId, at)
  await tellChain(tx, access, { id, chainId, step, occurredOn, gestationDays, schedule, isFirst, risk }, at)
  const referred = { womanId: woman.id, pregnancyId, occurredOn, contactId: id, chainId }
  if (referral) await sendIn(tx, office, access, { ...referral, ...referred }, at)
  const found = { colour: riskColour, isPurple }
  return {
    id,
    preview: {
      ...{ gestationDays, step, ...found, reasons, advice, urgency, nextOn },
      needsPlan: needsPlan(found),
      needsHospital: needsHospital(found),
      before: before ? { colour: before.riskColour, isPurple: before.isPurple } : null,
      findings: gestationDays < 28 || gestationDays > 308 ? ['V4'] : [],
    },
  }
}

/** What the rules make of it, asked with all that still holds of earlier contacts; only what cannot be is refused. */
async function assess(tx: Transaction, office: Office, access: Access, body: NewAntenatalContact, at: Date) {
  const { pregnancyId, occurredOn, values, signs } = body
  const pregnancy = await pregnancyOf(tx, access, pregnancyId)
  const { expectedOn } = pregnancy
  const [woman, schedule, standing, before] = await Promise.all([
    clientOf(tx, access, pregnancy.womanId, '/pregnancyId'),
    queries.selectSchedule(tx, access, occurredOn),
    queries.selectContacts(tx, access, pregnancyId),
    findCare(tx, access, pregnancyId),
  ])
  const faults = contactFaults({ ...body, nextOn: body.nextOn ?? null }, pregnancy, todayOf(at))
  if (faults.length > 0) throw new Refused('invalid-request', { errors: faults })

  const earlier = standing
    .filter((each) => each.occurredOn <= occurredOn)
    .map((row) => ({ occurredOn: row.occurredOn, ...openValues(office, access, row) }))
  const known = stillHolding(earlier, occurredOn)
  const items = body.items ?? earlier.at(-1)?.items ?? []
  const asked = factsOn({ ...pregnancy, birthDate: woman.birthDate }, known, values, occurredOn)
  const isGiven = body.items !== undefined
  const judgement = await judge(tx, access, { values: asked, signs, items }, occurredOn, { isGiven })
  const gestationDays = gestationOn(expectedOn, occurredOn)
  return {
    ...{ pregnancy, woman, schedule, before, known, items, asked, gestationDays, ...judgement },
    isFirst: earlier.length === 0,
    step: stepAt(schedule, gestationDays),
    nextOn: body.nextOn === undefined ? nextContactOn(schedule, expectedOn, occurredOn) : body.nextOn,
  }
}

export async function pregnancyOf(
  tx: Transaction,
  access: Access,
  id: Id,
  pointer = '/pregnancyId',
): Promise<queries.PregnancyInCare> {
  const [pregnancy] = await queries.selectPregnancies(tx, access, { id })
  if (!pregnancy) throw Refused.field(pointer, 'not-found')
  return pregnancy
}

/** The chain of the pregnancy; the facility that sees her first opens it. */
export async function chainOf(
  tx: Transaction,
  access: Access,
  { id: pregnancyId, womanId, expectedOn }: queries.PregnancyInCare,
  on: string,
  at: Date,
): Promise<Id> {
  const chain = await chainFor(tx, access, { pregnancyId }, on, at)
  if (chain && (chain.isJoined || chain.facilityId !== null)) return chain.chainId
  return await openChain(tx, access, { womanId, pregnancyId, ground: 'PREGNANCY', on, expectedOn }, at)
}

type VisitOf = NewAntenatalContact & { riskColour: queries.ContactRow['riskColour']; nextOn: string | null }

/** The visit as the population module keeps it; status and colour of the pregnancy follow from it there. */
async function enterVisit(
  tx: Transaction,
  access: Access,
  { pregnancyId, occurredOn, values, riskColour, nextOn, referral }: VisitOf,
  at: Date,
  replaced: Replaced<queries.ContactRow> | undefined,
): Promise<Id> {
  const { systolic, diastolic, weightKilograms, fundalHeightCentimetres, fetalHeartRate } = values
  const visit = {
    ...{ occurredOn, riskColour, nextOn, organisationId: access.facility },
    ...{ systolic: systolic ?? null, diastolic: diastolic ?? null, weightKilograms: weightKilograms ?? null },
    fundalHeightCentimetres: fundalHeightCentimetres ?? null,
    fetalHeartRate: fetalHeartRate ?? null,
    haemoglobin: values.haemoglobin ?? null,
    urineProtein: values.urineProtein ?? null,
    referredToId: referral?.toId ?? null,
  }
  const wish = replaced
    ? ({ kind: 'correct', visitId: replaced.before.visitId, set: visit, reason: replaced.reason } as const)
    : ({ kind: 'record', body: visit } as const)
  return await carryOutVisit(tx, inCounty(access), pregnancyId, wish, at)
}

type Told = {
  id: Id
  chainId: Id
  step: queries.ContactRow['step']
  occurredOn: string
  gestationDays: number
  schedule: Awaited<ReturnType<typeof queries.selectSchedule>>
  isFirst: boolean
  risk: Judgement['risk']
}

/** The item of the schedule that the visit settles; a first visit after the window of the first says that it came too late. Whatever calls for a plan says so, that it stays due when another is taken back. */
async function tellChain(tx: Transaction, access: Access, told: Told, at: Date): Promise<void> {
  const { id, chainId, step, occurredOn, gestationDays, schedule, isFirst, risk } = told
  const events: LinkEvent[] = step
    ? [{ chainId, item: step, event: 'DONE', on: occurredOn, recordId: id }]
    : []
  const first = schedule.find(({ item }) => item === 'ANC_FIRST')
  if (isFirst && first && gestationDays > first.toDays)
    events.push({
      ...{ chainId, item: 'ANC_FIRST', event: 'MISSED', on: occurredOn, reason: 'TOO_LATE', recordId: id },
    })
  await recordLinks(tx, access, events, at)
  if (needsPlan(risk))
    await makeDue(tx, access, { chainId, item: 'HIGH_RISK_PLAN', on: occurredOn, recordId: id }, at)
}

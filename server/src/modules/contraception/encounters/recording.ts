import type { CareChange } from '@youyu/shared/contraception/care-preview'
import type { NewEncounter, RecordedEncounter } from '@youyu/shared/contraception/encounters'
import type { Id } from '@youyu/shared/values'
import type { Access } from '../../../access/access.ts'
import { record } from '../../../audit/index.ts'
import { newId } from '../../../crypto/ids.ts'
import type { Transaction } from '../../../database/connect.ts'
import { sending } from '../../../database/statements.ts'
import { todayOf, type Office } from '../../../office.ts'
import { Refused } from '../../../refused.ts'
import { recordChoice } from '../choices/index.ts'
import { careDeed, clientOf, keepClient, type ClientFacts, type Visit } from '../clients/index.ts'
import { consentIn } from '../consents/index.ts'
import { overrideScreen, recordScreen } from '../eligibility/index.ts'
import { sourceOf } from '../episodes/index.ts'
import { completeTask, planFollowUp } from '../follow-up/index.ts'
import { complicationIn, procedureOf } from '../procedures/index.ts'
import { tally } from '../statistics/index.ts'
import { noParts } from './encounter-row.ts'
import { episodeStep, methodReadings } from './episode-part.ts'
import { channelAt, checked, dispensed, fieldsOf, madeOf, under } from './parts.ts'
import { procedureReadings, procedureStep } from './procedure-part.ts'
import { findExpert, insertEncounter } from './queries.ts'

/** What is wrong with the visit itself. */
function refuseImpossible(body: NewEncounter, { birthDate }: ClientFacts, at: Date): void {
  if (body.occurredOn > todayOf(at) || body.occurredOn < birthDate)
    throw Refused.field('/occurredOn', 'invalid-date')
  if (body.outreachId && body.place !== 'OUTREACH') throw Refused.field('/outreachId', 'invalid-value')
  if (body.nextContact && body.nextContact.on < body.occurredOn)
    throw Refused.field('/nextContact/on', 'invalid-date')
  if (body.override && !body.screen) throw Refused.field('/override', 'invalid-value')
}

/**
 * A whole visit in the running transaction. What is asked of the database leaves together: first all readings and what
 * rests on nothing (screening, supplies), then the choice, then everything that rests on it.
 */
export async function recordEncounterIn(
  tx: Transaction,
  office: Office,
  access: Access,
  body: NewEncounter,
  at: Date,
  { mayOverride }: { mayOverride: boolean },
): Promise<RecordedEncounter> {
  const { clientId, occurredOn } = body
  if (body.override && !mayOverride) throw new Refused('forbidden')
  const id = newId(at.getTime())
  const visit: Visit = { client: sending(clientOf(tx, access, clientId)), counted: [] }
  const reading = Promise.all([
    visit.client,
    body.expertId ? findExpert(tx, body.expertId, occurredOn) : null,
    procedureReadings(tx, access, body),
    methodReadings(tx, access, body),
    body.complication?.procedureId
      ? procedureOf(tx, access, clientId, body.complication, '/complication')
      : null,
  ])
  const screening =
    body.screen &&
    sending(
      under(
        '/screen',
        recordScreen(tx, office, access, { ...body.screen, clientId, occurredOn }, at, null, visit),
      ),
    )
  const [client, expert, procedureRead, methodRead, complicated] = await sending(reading)
  refuseImpossible(body, client, at)
  if (expert === undefined) throw Refused.field('/expertId', 'operator-not-licensed')

  const dispensing = sending(dispensed(tx, office, access, body, client, id, at))
  const screen = await screening
  const override =
    body.override &&
    screen &&
    sending(under('/override', overrideScreen(tx, office, access, screen.id, body.override, at)))
  const choosing =
    body.choice &&
    under(
      '/choice',
      recordChoice(
        tx,
        office,
        access,
        {
          ...body.choice,
          ...{ clientId, occurredOn, screenId: screen?.id ?? null },
          channel: body.choice.channel ?? channelAt(body.place),
        },
        at,
        null,
        visit,
      ),
    )
  const [choice, overridden] = await Promise.all([choosing, override])

  const grounds = {
    client,
    choice: choice
      ? { ...choice, on: choice.occurredOn, decidedOn: choice.decision && choice.occurredOn }
      : null,
    screenId: screen?.id ?? null,
  }
  const consent =
    body.consent && consentIn(tx, access, client, { ...body.consent, givenOn: occurredOn }, at, '/consent')
  const consented = consent && body.consent ? { ...body.consent, id: consent.id, on: occurredOn } : null
  const procedure = procedureStep(
    tx,
    office,
    access,
    body,
    procedureRead,
    { ...grounds, consented, counted: visit.counted },
    at,
  )
  const episode = episodeStep(tx, access, body, methodRead, grounds, at)
  const complication =
    body.complication &&
    complicationIn(
      tx,
      office,
      access,
      client,
      {
        type: body.complication.type,
        severity: body.complication.severity,
        onsetOn: body.complication.onsetOn ?? occurredOn,
        description: body.complication.description ?? null,
        procedure: complicated ?? { id: null, type: body.complication.procedureType ?? 'P01' },
      },
      at,
      '/complication',
    )
  const task =
    body.followUp &&
    sending(completeTask(tx, office, access, { ...body.followUp, on: occurredOn, clientId }, at))
  const checking = body.check && sending(checked(tx, office, access, body, body.check, id, at))
  const [supplies, check] = await Promise.all([dispensing, checking])

  const parts = {
    ...noParts,
    choiceId: choice?.id ?? null,
    screenId: screen?.id ?? null,
    overrideId: overridden?.id ?? null,
    consentId: consent?.id ?? null,
    episodeId: episode?.id ?? procedure?.episodeId ?? null,
    procedureId: procedure?.id ?? null,
    complicationId: complication?.id ?? null,
    taskId: body.followUp?.taskId ?? null,
    dispensingIds: supplies.map((handed) => handed.id),
    checkId: check?.id ?? null,
  }
  const { county } = access
  const facilityId = access.facility as Id
  const counted = { on: occurredOn, facilityId, divisionCode: client.residenceDivision }
  const source = sourceOf(access)
  const [procedureDone, episodeDone, taskDone] = await Promise.all([
    procedure?.kept,
    episode?.kept,
    task,
    consent?.kept,
    complication?.kept,
    insertEncounter(tx, {
      countyCode: county,
      id,
      clientId,
      facilityId,
      divisionCode: client.residenceDivision,
      occurredOn,
      place: body.place,
      outreachId: body.outreachId ?? null,
      sessionId: body.sessionId ?? null,
      expertId: body.expertId ?? null,
      checklist: body.checklist,
      ...parts,
      nextContactOn: body.nextContact?.on ?? null,
      nextContactMode: body.nextContact?.mode ?? null,
      noteCipher:
        body.note === undefined ? null : office.ciphers.clinical.encipher(body.note, { county, id }),
      recordedAt: at,
      recordedBy: access.actorId,
      source,
    }),
    keepClient(tx, access, { clientId, on: occurredOn, encounters: 1 }),
    record(tx, access, careDeed(office, clientId, 'create', 'encounter', { fields: fieldsOf(body) }), at),
    tally(tx, county, [
      ...visit.counted,
      { ...counted, measure: 'encounter', item: body.place },
      { ...counted, measure: 'encounter-sex', item: client.sex },
    ]),
    procedure || episode || supplies.length > 0
      ? planFollowUp(tx, access, { clientIds: [clientId] }, at)
      : undefined,
  ])

  const made: CareChange[] = [
    { entity: 'encounter', id, field: 'occurredOn', before: null, after: occurredOn },
    ...(screen ? [madeOf('screen', screen.id)] : []),
    ...(choice ? [madeOf('choice', choice.id, choice.chosenMethod ?? choice.decision)] : []),
    ...(consent ? [madeOf('consent', consent.id, body.consent?.kind ?? null)] : []),
    ...(procedureDone?.changes ?? []),
    ...(episodeDone?.changes ?? []),
    ...(complication ? [madeOf('complication', complication.id, body.complication?.type ?? null)] : []),
    ...(taskDone
      ? [
          {
            entity: 'task' as const,
            id: taskDone.id,
            field: 'status',
            before: taskDone.before,
            after: 'DONE',
          },
        ]
      : []),
    ...(check ? [madeOf('check', check.id)] : []),
    ...supplies.map((handed) => madeOf('dispensing', handed.id, `${handed.itemCode} ×${handed.quantity}`)),
  ]
  return {
    id,
    clientId,
    clientName: client.name,
    occurredOn,
    place: body.place,
    parts,
    recordedAt: at.toISOString(),
    recordedBy: access.actorName,
    voidedAt: null,
    outreachId: body.outreachId ?? null,
    sessionId: body.sessionId ?? null,
    expert: expert ?? null,
    checklist: body.checklist,
    nextContact: body.nextContact ?? null,
    note: body.note ?? null,
    isOurs: true,
    source,
    voidReason: null,
    replaces: null,
    replacedBy: null,
    changes: made,
    findings: [...new Set([...(procedureDone?.findings ?? []), ...(episodeDone?.findings ?? [])])],
  }
}

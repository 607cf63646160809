import type { z } from 'zod'
import type {
  CheckInvitation,
  Inviting,
  listCheckInvitations,
  NewCheckInvitation,
} from '@youyu/shared/contraception/invitations'
import type { Attendance, listAttendance } from '@youyu/shared/contraception/sessions'
import type { InvitationChannel } from '@youyu/shared/contraception/check-codes'
import type { Id, Page } from '@youyu/shared/values'
import type { Access } from '../../../access/access.ts'
import { record } from '../../../audit/index.ts'
import { newId } from '../../../crypto/ids.ts'
import type { Transaction } from '../../../database/connect.ts'
import { reading, transaction } from '../../../database/transaction.ts'
import { assertVersion } from '../../../http/conditional.ts'
import { keyIn, pageOf } from '../../../http/paging.ts'
import { todayOf, type Office } from '../../../office.ts'
import { Refused } from '../../../refused.ts'
import { careDeed, clientOf } from '../clients/index.ts'
import { assertMayRemind, closeOffers, keepPreference, openOffers } from '../offers/index.ts'
import { bornBetween, cycleAround, programmesInForce } from '../programmes/index.ts'
import * as queries from './queries.ts'
import { addOneDay, isOpen } from './rules.ts'

function shown(row: queries.InvitationRow): CheckInvitation {
  const { clientId, name, sex, birthDate, divisionCode, divisionName, sessionId, sessionOn } = row
  const { id, programme, cycleFrom, cycleTo, channel, origin, status, answeredOn, version } = row
  return {
    ...{ id, programme, cycleFrom, cycleTo, channel, origin, status, answeredOn, version },
    client: { id: clientId, name, sex, birthDate },
    village: { code: divisionCode, name: divisionName ?? divisionCode },
    session: sessionId && sessionOn ? { id: sessionId, on: sessionOn } : null,
    sentAt: row.sentAt?.toISOString() ?? null,
    reminders: Math.max(row.reminders, row.offerReminders ?? 0),
    remindedAt: row.remindedAt?.toISOString() ?? null,
  }
}

type Asked = z.output<(typeof listCheckInvitations)['schema']['querystring']>

export async function listInvitations(
  office: Office,
  access: Access,
  { limit, cursor, ...filter }: Asked,
): Promise<Page<CheckInvitation>> {
  const after = keyIn(cursor, ['string'])
  const rows = await reading(office.db, access, (tx) =>
    queries.selectInvitations(tx, access, filter, after, limit + 1),
  )
  const page = pageOf(rows, limit, shown, (row) => [row.id])
  for (const { client } of page.items)
    office.views.note(access, careDeed(office, client.id, 'view', 'check-invitation'))
  return page
}

type AskedAttendance = z.output<(typeof listAttendance)['schema']['querystring']>

export async function listAttending(
  office: Office,
  access: Access,
  sessionId: Id,
  { limit, cursor, status }: AskedAttendance,
): Promise<Page<Attendance>> {
  const after = keyIn(cursor, ['string', 'string'])
  const rows = await reading(office.db, access, async (tx) => {
    if (!(await queries.findOwnSession(tx, access, sessionId))) throw new Refused('not-found')
    return await queries.selectAttendance(tx, access, sessionId, status, after, limit + 1)
  })
  const page = pageOf(
    rows,
    limit,
    ({ divisionCode, divisionName, ...row }) => ({
      ...row,
      village: { code: divisionCode, name: divisionName ?? divisionCode },
    }),
    (row) => [row.name, row.invitationId ?? row.visitId!],
  )
  for (const { clientId } of page.items)
    office.views.note(access, careDeed(office, clientId, 'view', 'check-attendance'))
  return page
}

/** Everybody whom the session's programmes are for, once in a cycle; the village sees that there is a health check. */
export async function inviteToOne(
  { db, now }: Office,
  access: Access,
  sessionId: Id,
  channel: InvitationChannel,
): Promise<Inviting> {
  const at = now()
  const today = todayOf(at)
  return await transaction(db, access, async (tx) => {
    const session = await queries.findOwnSession(tx, access, sessionId)
    if (!session) throw new Refused('not-found')
    if (session.status !== 'PLANNED') throw new Refused('session-closed')
    const programmes = await programmesInForce(tx, access, session.onDay)
    const audiences = programmes
      .filter(
        ({ category, isOffered, venue }) => category === session.category && isOffered && venue === 'VILLAGE',
      )
      .map(({ code, category, audience, sex, ageFrom, ageTo, cycleMonths }): queries.Audience => {
        const born = bornBetween(session.onDay, ageFrom, ageTo)
        const cycle = cycleAround(cycleMonths, session.onDay)
        return {
          ...{ code, category, audience, sex, bornFrom: born.from, bornTo: born.to },
          ...{ cycleFrom: cycle.from, cycleTo: cycle.to },
        }
      })
    const told = await queries.inviteAll(tx, access, [sessionId], audiences, channel, { today, at })
    await record(
      tx,
      access,
      {
        action: 'create',
        entity: 'check-invitation',
        entityId: sessionId,
        purpose: 'SERVICE',
        rows: told.invited,
      },
      at,
    )
    return told
  })
}

/** She asks herself: before marriage, before a pregnancy, back for the season, or whenever she likes. */
export async function inviteOne(
  office: Office,
  access: Access,
  { clientId, programme: code, channel, sessionId }: NewCheckInvitation,
): Promise<CheckInvitation> {
  const at = office.now()
  const today = todayOf(at)
  return await transaction(office.db, access, async (tx) => {
    const client = await clientOf(tx, access, clientId)
    const [programme] = await programmesInForce(tx, access, today, code)
    if (!programme?.isOffered) throw Refused.field('/programme', 'invalid-code-value')
    if (programme.sex !== null && programme.sex !== client.sex)
      throw Refused.field('/programme', 'invalid-value')
    if (sessionId && !(await queries.findOwnSession(tx, access, sessionId)))
      throw Refused.field('/sessionId', 'not-found')
    const { from: cycleFrom, to: cycleTo } = cycleAround(programme.cycleMonths, today)
    const [offer] = await openOffers(
      tx,
      access,
      [
        {
          clientId,
          service: 'CHECK_UP',
          dueOn: today,
          cycleTo: addOneDay(cycleTo),
          facilityId: access.facility,
        },
      ],
      at,
    )
    const id = newId(at.getTime())
    const row = { id, clientId, programme: code, cycleFrom, cycleTo, channel, sessionId: sessionId ?? null }
    const divisionCode = client.residenceDivision
    await queries.insertRequested(
      tx,
      access,
      { ...row, divisionCode, offerId: offer?.offerId ?? null },
      today,
      at,
    )
    await record(tx, access, careDeed(office, clientId, 'create', 'check-invitation'), at)
    return shown((await queries.findInvitation(tx, access, id))!)
  })
}

async function openInvitation(
  tx: Transaction,
  access: Access,
  id: Id,
  version: number,
): Promise<queries.InvitationRow> {
  await queries.lockInvitation(tx, access, id)
  const invitation = await queries.findInvitation(tx, access, id)
  if (!invitation) throw new Refused('not-found')
  assertVersion(version, invitation.version)
  if (!isOpen(invitation.status)) throw new Refused('invitation-closed')
  return invitation
}

type Answer = 'ACCEPTED' | 'DECLINED' | 'OPTED_OUT' | 'NOT_ELIGIBLE'

/** A decline has no consequence but silence (E3). */
export async function answer(
  office: Office,
  access: Access,
  id: Id,
  version: number,
  given: Answer,
): Promise<CheckInvitation> {
  const at = office.now()
  const today = todayOf(at)
  return await transaction(office.db, access, async (tx) => {
    const { clientId, divisionCode, offerId } = await openInvitation(tx, access, id, version)
    await queries.answerInvitation(tx, access, id, given, today, at)
    const closing = given === 'NOT_ELIGIBLE' ? ('NOT_NEEDED' as const) : ('DECLINED' as const)
    if (given === 'OPTED_OUT') {
      const offerIds = [
        ...(await queries.optOutOfAll(tx, access, clientId, today, at)),
        ...(offerId ? [offerId] : []),
      ]
      await closeOffers(tx, access, { offerIds, closing }, at)
      const stated = { kind: 'OPT_OUT' as const, service: 'CHECK_UP' as const, channel: 'FACILITY' as const }
      await keepPreference(tx, access, { ...stated, client: { id: clientId, divisionCode } }, at)
    } else if (given !== 'ACCEPTED' && offerId && !(await queries.isOfferStillWanted(tx, access, offerId))) {
      await closeOffers(tx, access, { offerIds: [offerId], closing }, at)
    }
    await record(
      tx,
      access,
      careDeed(office, clientId, 'change', 'check-invitation', { fields: ['answer'] }),
      at,
    )
    return shown((await queries.findInvitation(tx, access, id))!)
  })
}

export async function remind(
  office: Office,
  access: Access,
  id: Id,
  version: number,
  channel: InvitationChannel,
): Promise<CheckInvitation> {
  const at = office.now()
  return await transaction(office.db, access, async (tx) => {
    const invitation = await openInvitation(tx, access, id, version)
    const { clientId, reminders, offerReminders, remindedAt, sentAt, offerRemindedOn, isOptedOut } =
      invitation
    const remindedOn = [remindedAt ?? sentAt]
      .flatMap((moment) => (moment ? todayOf(moment) : []))
      .concat(offerRemindedOn ?? [])
      .sort()
      .at(-1)
    assertMayRemind(
      { reminders: Math.max(reminders, offerReminders ?? 0), remindedOn: remindedOn ?? null, isOptedOut },
      at,
      todayOf(at),
    )
    await queries.remindInvitation(tx, access, id, channel, at)
    await record(
      tx,
      access,
      careDeed(office, clientId, 'change', 'check-invitation', { fields: ['reminder'] }),
      at,
    )
    return shown((await queries.findInvitation(tx, access, id))!)
  })
}

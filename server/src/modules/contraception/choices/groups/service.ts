import type { GivenSession } from '@youyu/shared/contraception/choices'
import { decisionFaults } from '@youyu/shared/contraception/choices'
import type { Id } from '@youyu/shared/values'
import type { Access } from '../../../../access/access.ts'
import { record } from '../../../../audit/index.ts'
import { newId } from '../../../../crypto/ids.ts'
import { transaction } from '../../../../database/transaction.ts'
import type { Office } from '../../../../office.ts'
import { todayOf } from '../../../../office.ts'
import { Refused, type WrongField } from '../../../../refused.ts'
import { careDeed, keepClient } from '../../clients/index.ts'
import { tally, type Counted } from '../../statistics/index.ts'
import { insertChoices, selectGroup, type ChoiceRecord } from '../queries.ts'
import { measuresOf } from '../rules.ts'

function faultsOf({ clients, methodsExplained }: GivenSession): WrongField[] {
  return clients.flatMap((client, index) =>
    decisionFaults({ ...client, methodsExplained }).map(({ path, code }) => ({
      pointer: `/clients/${index}/${path}`,
      code,
    })),
  )
}

/** Told together, each choosing for herself: one choice for every client of the session. */
export async function recordSession(
  office: Office,
  access: Access,
  { occurredOn, clients, ...told }: GivenSession,
): Promise<{ groupId: Id; choiceIds: Id[] }> {
  const at = office.now()
  if (occurredOn > todayOf(at)) throw Refused.field('/occurredOn', 'invalid-date')
  const faults = faultsOf({ occurredOn, clients, ...told })
  if (faults.length > 0) throw new Refused('invalid-request', { errors: faults })
  const groupId = newId(at.getTime())
  return await transaction(office.db, access, async (tx) => {
    const known = new Map(
      (
        await selectGroup(
          tx,
          access,
          clients.map(({ clientId }) => clientId),
        )
      ).map((each) => [each.id, each]),
    )
    const missing = clients.flatMap(({ clientId }, index) =>
      known.has(clientId) ? [] : [{ pointer: `/clients/${index}/clientId`, code: 'not-found' as const }],
    )
    if (missing.length > 0) throw new Refused('invalid-request', { errors: missing })
    const choices = clients.map((client): ChoiceRecord => ({
      ...told,
      ...client,
      ...{ occurredOn, groupId, channel: 'GROUP', screenId: null, partnerPresent: null },
      id: newId(at.getTime()),
      divisionCode: known.get(client.clientId)!.residenceDivision,
      counsellorId: access.actorId,
      decidedOn: client.decision === null ? null : occurredOn,
      noteCipher: null,
      replaces: null,
    }))
    const counted = choices.flatMap((choice): Counted[] =>
      measuresOf(choice, known.get(choice.clientId)!.sex).map((each) => ({
        ...{ on: occurredOn, facilityId: access.facility!, divisionCode: choice.divisionCode },
        ...each,
      })),
    )
    await Promise.all([
      insertChoices(tx, access, choices, at),
      ...choices.flatMap(({ clientId }) => [
        keepClient(tx, access, { clientId, on: occurredOn, encounters: 0 }),
        record(
          tx,
          access,
          careDeed(office, clientId, 'create', 'informed-choice', { fields: ['group'] }),
          at,
        ),
      ]),
      tally(tx, access.county, counted),
    ])
    return { groupId, choiceIds: choices.map(({ id }) => id) }
  })
}

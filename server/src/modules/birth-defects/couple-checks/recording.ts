import { judgeRisk, withDerived, type CheckParty } from '@youyu/shared/birth-defects/check-item-sets'
import type { CoupleCheckCorrection, GivenCoupleCheck } from '@youyu/shared/birth-defects/couple-checks'
import type { Id } from '@youyu/shared/values'
import type { Access } from '../../../access/access.ts'
import { record } from '../../../audit/index.ts'
import { newId } from '../../../crypto/ids.ts'
import type { Transaction } from '../../../database/connect.ts'
import { todayOf, type Office } from '../../../office.ts'
import { Refused } from '../../../refused.ts'
import { ageOn, careDeed, clientOf, keepClient, type ClientFacts } from '../../contraception/index.ts'
import { openChain, recordLinks, voidLinks } from '../chains/index.ts'
import { cancelFollowUps, planFirstContact } from '../preconception/index.ts'
import { recordTorchOfCheck, voidTorchOfCheck } from '../torch/index.ts'
import { shownCheck } from './check-row.ts'
import { findCheck, insertCheck, lockCheck, selectParties, voidCheckRow, type KeptCheck } from './queries.ts'
import { checkFaults, itemsDone } from './rules.ts'
import { setInForce } from './sets.ts'

/** Records a check in a running transaction, with all that follows from it. */
export async function recordCheckIn(
  tx: Transaction,
  office: Office,
  access: Access,
  body: GivenCoupleCheck,
  at: Date,
  replaces: Id | null = null,
): Promise<Id> {
  const { kind, occurredOn, womanId = null, manId = null, her = null, him = null } = body
  const [set, woman, man] = await Promise.all([
    setInForce(tx, access, kind, occurredOn),
    womanId ? clientOf(tx, access, womanId, '/womanId') : null,
    manId ? clientOf(tx, access, manId, '/manId') : null,
  ])
  const faults = checkFaults(body, set.elements, set.items, todayOf(at))
  if (womanId && womanId === manId) faults.push({ pointer: '/manId', code: 'invalid-value' })
  if (woman?.sex === '1') faults.push({ pointer: '/womanId', code: 'invalid-value' })
  if (man?.sex === '2') faults.push({ pointer: '/manId', code: 'invalid-value' })
  if (faults.length > 0) throw new Refused('invalid-request', { errors: faults })
  const results = {
    HER: her && woman && withDerived(her.results, ageOn(her.occurredOn ?? occurredOn, woman.birthDate)),
    HIM: him && man && withDerived(him.results, ageOn(him.occurredOn ?? occurredOn, man.birthDate)),
  }
  const { risk, hers: herRisk, his: hisRisk, reasons } = judgeRisk(set.rules, results)
  const chainId = womanId
    ? await openChain(tx, access, { womanId, partnerId: manId, ground: kind, on: occurredOn }, at)
    : null
  const id = newId(at.getTime())
  const { county } = access
  const divisionCode = (woman ?? man)!.residenceDivision
  const { counselled = false, advisedOn = null, advice = null, marriageId = null } = body
  const party = (side: CheckParty, given: typeof her, person: ClientFacts | null) => {
    if (!given || !person) return []
    const partyId = newId(at.getTime())
    const cell = { county, id: partyId }
    return [
      {
        ...{ id: partyId, party: side, personId: person.id, chainId, divisionCode: person.residenceDivision },
        occurredOn: given.occurredOn ?? occurredOn,
        infectionConsent: given.infectionConsent,
        itemsDone: itemsDone(set.items, set.elements, side, given),
        opinion: given.opinion,
        resultsCipher: office.ciphers.clinical.encipher(JSON.stringify(given.results), cell),
      },
    ]
  }
  await insertCheck(
    tx,
    access,
    {
      ...{ id, kind, chainId, womanId, manId, divisionCode, occurredOn, risk, herRisk, hisRisk, reasons },
      ...{ setOwner: set.owner, setVersion: set.version, counselled, advisedOn, marriageId, replaces },
      adviceCipher: advice === null ? null : office.ciphers.clinical.encipher(advice, { county, id }),
    },
    [...party('HER', her, woman), ...party('HIM', him, man)],
    at,
  )
  for (const person of [woman, man])
    if (person) {
      await keepClient(tx, access, { clientId: person.id, on: occurredOn, encounters: 0 })
      await record(tx, access, careDeed(office, person.id, 'create', 'couple-check'), at)
    }
  if (chainId) {
    const link = { chainId, item: kind, on: occurredOn, recordId: id }
    await recordLinks(tx, access, [{ ...link, event: 'DONE' }], at)
  }
  if (kind === 'PRECONCEPTION' && woman && her) {
    const made = { id, chainId, client: woman, occurredOn: her.occurredOn ?? occurredOn }
    await planFirstContact(tx, access, { ...made, followUp: set.followUp }, at)
    await recordTorchOfCheck(tx, office, access, { ...made, results: her.results }, at)
  }
  return id
}

/** A check of the own facility that still stands, locked for a change. */
async function ownCheck(tx: Transaction, access: Access, id: Id): Promise<KeptCheck> {
  await lockCheck(tx, access, id)
  const check = await findCheck(tx, access, id)
  if (!check) throw new Refused('not-found')
  if (check.facilityId !== access.facility) throw new Refused('forbidden')
  if (check.voidedAt) throw new Refused('conflict')
  return check
}

export async function voidCheckIn(
  tx: Transaction,
  office: Office,
  access: Access,
  id: Id,
  reason: string,
  at: Date,
): Promise<KeptCheck> {
  const check = await ownCheck(tx, access, id)
  if (!(await voidCheckRow(tx, access, id, reason, at))) throw new Refused('conflict')
  await voidLinks(tx, access, id, reason, at)
  await cancelFollowUps(tx, access, id, reason, at)
  await voidTorchOfCheck(tx, access, id, reason, at)
  for (const person of [check.woman, check.man])
    if (person) await record(tx, access, careDeed(office, person.id, 'correct', 'couple-check'), at)
  return check
}

/** Voids a check with the reason and appends what it should have said. */
export async function correctCheckIn(
  tx: Transaction,
  office: Office,
  access: Access,
  id: Id,
  { set, reason }: CoupleCheckCorrection,
  at: Date,
): Promise<Id> {
  const before = await ownCheck(tx, access, id)
  const parties = await selectParties(tx, access, id)
  const { kind, occurredOn, counselled, advisedOn, marriageId, advice, her, him } = shownCheck(
    office,
    access,
    before,
    parties,
  )
  const said = (party: typeof her) =>
    party && {
      ...{ infectionConsent: party.infectionConsent, itemsDone: party.itemsDone, results: party.results },
      occurredOn: party.occurredOn === occurredOn ? null : party.occurredOn,
      opinion: party.opinion,
    }
  const body: GivenCoupleCheck = {
    ...{ kind, occurredOn, counselled, advisedOn, marriageId, advice },
    ...{ her: said(her), him: said(him) },
    womanId: before.woman?.id ?? null,
    manId: before.man?.id ?? null,
    ...set,
  } as GivenCoupleCheck
  await voidCheckIn(tx, office, access, id, reason, at)
  try {
    return await recordCheckIn(tx, office, access, body, at, id)
  } catch (error) {
    throw asOfSet(error)
  }
}

/** The fields of a correction stand under `set`. */
function asOfSet(error: unknown): unknown {
  if (!(error instanceof Refused) || !error.details.errors) return error
  const errors = error.details.errors.map((each) => ({ ...each, pointer: `/set${each.pointer}` }))
  return new Refused(error.code, { ...error.details, errors })
}

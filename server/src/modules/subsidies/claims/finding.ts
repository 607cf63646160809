import type { CivilDate, Id } from '@youyu/shared/values'
import type { Access } from '../../../access/access.ts'
import type { Transaction } from '../../../database/connect.ts'
import type { Office } from '../../../office.ts'
import * as queries from './queries.ts'
import { keysOf } from './keys.ts'

const CHUNK = 5000
const RESIDENT_ID = '01'
const salts = new WeakMap<Office, Buffer>()

/** The national salt; without one, counties of this installation still find each other. */
export function saltOf(office: Office): Buffer {
  let salt = salts.get(office)
  if (!salt) {
    const { CLAIM_SALT } = office.config
    salt = CLAIM_SALT === undefined ? office.keys.derive('claim exchange') : Buffer.from(CLAIM_SALT)
    salts.set(office, salt)
  }
  return salt
}

/** Makes the keys of those who have none: the numbers are opened, hashed and forgotten. */
export async function keepClaimKeys(
  tx: Transaction,
  office: Office,
  access: Access,
  people: readonly Id[],
): Promise<void> {
  const { county } = access
  const salt = saltOf(office)
  const open = (bytes: Buffer | null, id: string | null) =>
    bytes === null || id === null ? null : office.ciphers.idNumber.decipher(bytes, { county, id })
  for (let start = 0; start < people.length; start += CHUNK) {
    const rows = await queries.selectKeyless(tx, access, people.slice(start, start + CHUNK), CHUNK)
    const keys = rows.map(({ id, idType, cipher, kinId, kinCipher, ...person }) => ({
      id,
      ...keysOf(
        {
          ...person,
          idNumber: idType === RESIDENT_ID ? open(cipher, id) : null,
          kinNumber: open(kinCipher, kinId),
        },
        salt,
      ),
    }))
    if (keys.length > 0) await queries.insertKeys(tx, access, keys, office.now())
  }
}

/**
 * What stands against paying these people this benefit here. Looks once more among the other counties and the lists, and
 * keeps what is new for a human; only those with keys are found.
 */
export async function claimConflicts(
  tx: Transaction,
  access: Access,
  people: readonly Id[],
  programme: string,
  on: CivilDate,
): Promise<queries.Conflict[]> {
  if (people.length === 0) return []
  await queries.findClaims(tx, access, people, programme, on)
  return await queries.selectConflicts(tx, access, people, programme)
}

/** At submission: keys first, then the search. */
export async function checkClaimants(
  tx: Transaction,
  office: Office,
  access: Access,
  { people, programme, on }: { people: readonly Id[]; programme: string; on: CivilDate },
): Promise<queries.Conflict[]> {
  await keepClaimKeys(tx, office, access, people)
  return await claimConflicts(tx, access, people, programme, on)
}

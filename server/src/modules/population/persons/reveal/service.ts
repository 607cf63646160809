import type { revealPerson } from '@youyu/shared/population/persons'
import type { z } from 'zod'
import type { Access } from '../../../../access/access.ts'
import { record } from '../../../../audit/index.ts'
import { transaction } from '../../../../database/transaction.ts'
import { todayOf, type Office } from '../../../../office.ts'
import { Refused } from '../../../../refused.ts'
import { placeInArea } from '../service.ts'
import { countReveals, findSensitive, standInLine } from './queries.ts'

type Asked = z.output<(typeof revealPerson)['schema']['body']>
type Shown = z.output<(typeof revealPerson)['schema']['response'][200]>

const MINUTES_SHOWN = 15
const MINUTE = 60_000

/** Full values for a stated purpose (domain §9.2): logged with the fields, limited per day, for fifteen minutes. */
export async function reveal(
  office: Office,
  access: Access,
  id: string,
  { fields, purpose, reason }: Asked,
): Promise<Shown> {
  if (!access.purposes.includes(purpose))
    throw new Refused('purpose-required', { errors: [{ pointer: '/purpose', code: 'purpose-required' }] })
  const { ciphers, config } = office
  const at = office.now()
  return await transaction(office.db, access, async (tx) => {
    const [, person, earlier] = await Promise.all([
      standInLine(tx, access),
      findSensitive(tx, access, id),
      countReveals(tx, access, new Date(`${todayOf(at)}T00:00:00+08:00`)),
    ])
    if (!person) throw new Refused('not-found')
    if (earlier >= config.REVEALS_PER_DAY) throw new Refused('reveal-limit')
    await record(
      tx,
      access,
      {
        action: 'reveal',
        entity: 'person',
        entityId: id,
        division: placeInArea(access, person),
        fields,
        purpose,
        reason,
      },
      at,
    )
    const cell = { county: access.county, id }
    const values = {
      name: person.name,
      birthDate: person.birthDate,
      address: person.address,
      idNumber: person.idNumber && ciphers.idNumber.decipher(person.idNumber, cell),
      phone: person.phone && ciphers.phone.decipher(person.phone, cell),
    }
    return {
      values: Object.fromEntries(fields.map((field) => [field, values[field]])),
      expiresAt: new Date(at.getTime() + MINUTES_SHOWN * MINUTE).toISOString(),
      remainingToday: config.REVEALS_PER_DAY - earlier - 1,
    }
  })
}

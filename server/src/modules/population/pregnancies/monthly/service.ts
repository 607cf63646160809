import type { getPregnancyMonths, PregnancyMonth } from '@youyu/shared/population/pregnancies'
import { prefixOf } from '@youyu/shared/values'
import type { z } from 'zod'
import type { Access } from '../../../../access/access.ts'
import { reading } from '../../../../database/transaction.ts'
import type { Office } from '../../../../office.ts'
import { Refused } from '../../../../refused.ts'
import { partsInside } from '../../area.ts'
import { countMonths, type CountedMonth } from './queries.ts'
import { withheld } from './rules.ts'

type Asked = z.output<(typeof getPregnancyMonths)['schema']['querystring']>

const MONTHS = 120

/** What the bureau knows of pregnancies: counts of townships, small ones withheld (E8, domain §9.5). */
export async function readMonths(
  { db }: Office,
  access: Access,
  { from, to, division }: Asked,
): Promise<{ items: PregnancyMonth[] }> {
  const months =
    (Number(to.slice(0, 4)) - Number(from.slice(0, 4))) * 12 +
    Number(to.slice(5, 7)) -
    Number(from.slice(5, 7))
  if (months < 0 || months >= MONTHS) throw Refused.field('?to', 'invalid-date')
  const townships = access.prefixes.filter((prefix) => prefix.length <= 9)
  const asked = division === undefined ? '' : prefixOf(division)
  const parts = asked.length <= 9 ? partsInside(townships, asked) : []
  if (parts.length === 0)
    throw new Refused('out-of-area', { errors: [{ pointer: '?division', code: 'out-of-area' }] })
  const counted = await reading(db, access, (tx) => countMonths(tx, access, parts, from, to))
  return { items: counted.map(shownMonth) }
}

function shownMonth({ code, name, month, registered, delivered }: CountedMonth): PregnancyMonth {
  const [told, toldDelivered] = [withheld(registered), withheld(delivered)]
  return {
    division: { code, name: name ?? code },
    month,
    registered: told,
    delivered: toldDelivered,
    suppressed: told === null || toldDelivered === null,
  }
}

import { levelOf, prefixOf, type DivisionCode } from '@youyu/shared/values'
import { covers, type Access } from '../../../access/access.ts'
import { reading } from '../../../database/transaction.ts'
import type { Office } from '../../../office.ts'
import { Refused } from '../../../refused.ts'
import { findFreshness, findParts, findPlaces, sumByPart } from './queries.ts'
import { countedColumns } from './rules.ts'

const partLengths = [2, 4, 6, 9, 12, 12]

/** The area at a glance, from kept counts: nothing is counted at the visit. */
export async function getArea({ db }: Office, access: Access, asked: DivisionCode | undefined) {
  const code = asked ?? (access.prefixes[0] ?? '').padEnd(12, '0')
  const prefix = prefixOf(code)
  const isInside = covers(access.prefixes, prefix) || access.prefixes.some((own) => own.startsWith(prefix))
  if (!isInside) throw new Refused('out-of-area', { errors: [{ pointer: '?division', code: 'out-of-area' }] })
  const level = prefix === '' ? 0 : levelOf(code)
  return await reading(db, access, async (tx) => {
    const [places, sums, parts, freshness] = await Promise.all([
      findPlaces(tx, [code]),
      sumByPart(tx, access, prefix, partLengths[level] as number),
      findParts(tx, access, code),
      findFreshness(tx, access, prefix),
    ])
    const place = places.get(code)
    if (!place && asked) throw Refused.field('?division', 'unknown-division')
    const none = Object.fromEntries(countedColumns.map((column) => [column, 0])) as Record<
      (typeof countedColumns)[number],
      number
    >
    const counted = new Map(sums.map((part) => [part.code, part]))
    const own = [...counted.keys()].filter((part) => !parts.some(({ code: known }) => known === part))
    const shown =
      level === 5
        ? []
        : [...parts, ...own.map((part) => ({ code: part, name: counted.get(part)?.name ?? part }))]
    const total = { ...none }
    for (const part of sums) for (const column of countedColumns) total[column] += part[column]
    return {
      division: { code, name: place?.name ?? (prefix === '' ? '全国' : code), level },
      counts: total,
      parts: shown.map((part) => ({ ...none, ...counted.get(part.code), code: part.code, name: part.name })),
      freshness: freshness.changedAt?.toISOString() ?? null,
      villages: freshness.villages,
      villagesWithPeople: freshness.villagesWithPeople,
    }
  })
}

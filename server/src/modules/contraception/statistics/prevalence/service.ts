import type { getContraceptivePrevalence, Prevalence } from '@youyu/shared/contraception/statistics'
import type { EndpointOutput } from '@youyu/shared/endpoint'
import type { DivisionCode } from '@youyu/shared/values'
import type { Access } from '../../../../access/access.ts'
import { longTransaction, reading } from '../../../../database/transaction.ts'
import { todayOf, type Office } from '../../../../office.ts'
import { countyAsked, findNames } from '../../../population/index.ts'
import { percent } from '../rules-estimates.ts'
import { findCountedOn, recountUnionWomen, selectPrevalence, type KeptPrevalence } from './queries.ts'

/** Whoever asks first on a day counts the women in union for all who ask later. */
export async function countUnionWomen({ db, now }: Office, access: Access): Promise<void> {
  const today = todayOf(now())
  const countedOn = await reading(db, access, (tx) => findCountedOn(tx, access.county, today))
  if (countedOn === null || countedOn < today)
    await longTransaction(db, access, (tx) => recountUnionWomen(tx, access.county, today))
}

export async function readPrevalence(
  office: Office,
  access: Access,
  asked: DivisionCode,
): Promise<EndpointOutput<typeof getContraceptivePrevalence>> {
  const { county, division } = countyAsked(access, asked)
  const today = todayOf(office.now())
  const read = () =>
    reading(office.db, access, async (tx) => {
      const [countedOn, parts, names] = await Promise.all([
        findCountedOn(tx, county, today),
        selectPrevalence(tx, county, today),
        findNames(tx, [division]),
      ])
      return { countedOn, parts, name: names.get(division)?.name ?? division }
    })
  let { countedOn, parts, name } = await read()
  if (countedOn !== today) {
    await countUnionWomen(office, access)
    ;({ countedOn, parts, name } = await read())
  }
  return {
    countedOn,
    whole: shown(division, name, together(parts)),
    townships: parts.map((part) => shown(part.division, part.name, part)),
  }
}

type Sums = Pick<KeptPrevalence, 'women' | 'inUnion' | 'users'>

function together(parts: readonly KeptPrevalence[]): Sums {
  const users = new Map<KeptPrevalence['users'][number]['method'], number>()
  for (const part of parts)
    for (const each of part.users) users.set(each.method, (users.get(each.method) ?? 0) + each.users)
  return {
    women: parts.reduce((sum, part) => sum + part.women, 0),
    inUnion: parts.reduce((sum, part) => sum + part.inUnion, 0),
    users: [...users].map(([method, n]) => ({ method, users: n })).sort((a, b) => b.users - a.users),
  }
}

function shown(code: DivisionCode, name: string, { women, inUnion, users }: Sums): Prevalence {
  return {
    division: { code, name },
    women,
    prevalence: share(inUnion, women),
    users: users.reduce((sum, each) => sum + each.users, 0),
    mix: users,
  }
}

/** A part greater than its whole is shown as the two numbers it is: the register misses marriages, and no share is made of it. */
function share(inUnion: number, women: number): Prevalence['prevalence'] {
  const counted = percent(inUnion, women)
  return inUnion <= women
    ? counted
    : { ...counted, value: null, low: null, high: null, stability: 'UNSTABLE' }
}

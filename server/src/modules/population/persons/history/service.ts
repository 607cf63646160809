import type { PersonFact, ResidenceEpisode } from '@youyu/shared/population/persons'
import type { Access } from '../../../../access/access.ts'
import { reading } from '../../../../database/transaction.ts'
import type { Office } from '../../../../office.ts'
import { Refused } from '../../../../refused.ts'
import { isShownField, shownValue } from '../state.ts'
import { listEpisodes, listFacts, type KeptEpisode, type KeptFact } from './queries.ts'

/** Everything recorded of a person, the latest first. */
export async function historyOf(
  { db }: Office,
  access: Access,
  id: string,
): Promise<{ facts: PersonFact[]; residence: ResidenceEpisode[] }> {
  const [facts, episodes] = await reading(db, access, (tx) =>
    Promise.all([listFacts(tx, access, id), listEpisodes(tx, access, id)]),
  )
  if (facts.length === 0) throw new Refused('not-found')
  return { facts: facts.map((fact) => shownFact(fact, access)), residence: episodes.map(shownEpisode) }
}

function shownFact({ before, after, recordedAt, voidedAt, ...fact }: KeptFact, access: Access): PersonFact {
  return {
    ...fact,
    recordedAt: recordedAt.toISOString(),
    voidedAt: voidedAt?.toISOString() ?? null,
    changes: Object.keys(after)
      .filter(isShownField)
      .map((field) => ({
        field,
        before: shownValue(access, field, before[field] ?? null),
        after: shownValue(access, field, after[field] ?? null),
      })),
  }
}

function shownEpisode({
  divisionCode,
  divisionName,
  from,
  recordedAt,
  voidedAt,
  ...episode
}: KeptEpisode): ResidenceEpisode {
  return {
    ...episode,
    division: { code: divisionCode, name: divisionName ?? divisionCode },
    from,
    recordedAt: recordedAt.toISOString(),
    voidedAt: voidedAt?.toISOString() ?? null,
  }
}

import { cardsOf } from './birth-defects-cards.ts'
import { eventsOf } from './birth-defects-events.ts'
import { peopleOf } from './birth-defects-people.ts'
import { recordsOf } from './birth-defects-records.ts'
import { told, type YearOfBirths } from './birth-defects-settings.ts'

const civil = /^\d{4}-\d{2}-\d{2}$/
const plain = /^[\w-]{1,40}$/

/**
 * A year of births of a county with the whole chain around each, as one script for the owner of the tables: thousands of
 * chains in seconds, always the same for the same seed. Coverages differ between townships, and some are as poor as
 * the county reports say they may be. Findings in words are not written: what is enciphered stays empty.
 */
export function yearOfBirths({ county, from, births, today, seed = 'year' }: YearOfBirths): string {
  if (!civil.test(from) || !civil.test(today) || !plain.test(seed) || !Number.isInteger(county)) {
    throw new Error('a year of births needs a county, days and a plain seed')
  }
  const settings = { county, from, births, today, seed }
  return [
    'begin',
    chance(seed),
    ...peopleOf(settings),
    ...eventsOf(settings),
    ...recordsOf(settings),
    ...cardsOf(settings),
    'analyze persons, pregnancies, births, chains, chain_events',
    `select app.refresh_chains(${county}, (select array_agg(chain_id) from bd_year), '${today}', ${told(today)})`,
    'commit',
  ].join(';\n')
}

/** Chance of a seed: the same number between 0 and 1 for the same name, whenever it is asked. */
const chance = (seed: string) =>
  `create or replace function pg_temp.u(name text, n integer) returns double precision language sql immutable as
   $u$ select ('x' || substr(md5('${seed}/' || name || '/' || n), 1, 7))::bit(28)::integer / 268435456.0 $u$`

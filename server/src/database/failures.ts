import type { ErrorCode } from '@youyu/shared/errors'
import pg from 'pg'

export type ServerError = { code: string; constraint: string | undefined; message: string }

/** The error of PostgreSQL inside whatever drizzle wrapped around it, or null. */
export function serverErrorIn(error: unknown): ServerError | null {
  for (let current: unknown = error; current instanceof Error; current = current.cause) {
    if (current instanceof pg.DatabaseError && current.code) {
      return { code: current.code, constraint: constraintIn(current), message: current.message }
    }
  }
  return null
}

/** On Citus `constraint` is empty and the name in the message carries a shard number. */
function constraintIn(error: pg.DatabaseError): string | undefined {
  return error.constraint ?? /constraint "([a-z_]+?)(?:_\d{6,})?"/.exec(error.message)?.[1]
}

export function isTransient(error: unknown): boolean {
  const code = serverErrorIn(error)?.code
  return code === '40001' || code === '40P01'
}

/** Whether the database could not be reached or did not answer in time. */
export function isUnreachable(error: unknown): boolean {
  for (let current: unknown = error; current instanceof Error; current = current.cause) {
    const code = (current as NodeJS.ErrnoException).code ?? ''
    if (/^(08|57P0|53300|ECONN|ENOENT|EPIPE|ETIMEDOUT)/.test(code)) return true
    if (
      /timeout exceeded when trying to connect|Connection terminated|Client has encountered|Query read timeout|Client was closed/.test(
        current.message,
      )
    )
      return true
  }
  return false
}

/** What a violated constraint means to the person who asked. */
const meanings: Record<string, ErrorCode> = {
  persons_id_number: 'id-number-taken',
  households_number: 'household-number-taken',
  residence_episodes_no_overlap: 'residence-overlap',
  household_members_one_at_a_time: 'conflict',
  persons_born_within_reason: 'invalid-date',
  person_merges_once: 'not-mergeable',
  person_merges_two_records: 'same-person',
  users_username: 'username-taken',
  grants_once: 'already-exists',
  grants_not_to_oneself: 'own-account',
  api_clients_name: 'already-exists',
  organisations_code: 'code-taken',
  organisations_credit_code: 'already-exists',
  organisations_parent: 'not-found',
  users_organisation: 'not-found',
  organisations_not_own_parent: 'conflict',
  divisions_one_open_row: 'code-taken',
  births_once: 'already-exists',
  births_of_mother: 'already-exists',
  births_certificate: 'already-exists',
  deaths_once: 'already-exists',
  imports_same_file: 'import-duplicate',
  antenatal_visits_gestation: 'invalid-date',
  childcare_institutions_places: 'invalid-value',
  childcare_enrolments_in_order: 'invalid-date',
  person_exports_maker_not_checker: 'maker-is-checker',
}

export function meaningOf(constraint: string | undefined): ErrorCode {
  return (constraint && meanings[constraint]) || 'conflict'
}

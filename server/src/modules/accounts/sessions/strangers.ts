type Failures = { count: number; lockedUntil: Date | null }

/** Failed sign-ins under user names that nobody has: they are answered and locked exactly as known names are. */
export type Strangers = {
  lockedUntil(username: string): Date | null
  fail(username: string, lock: (failures: number) => Date | null): number
}

const REMEMBERED = 10_000

export function rememberStrangers(): Strangers {
  const failures = new Map<string, Failures>()
  return {
    lockedUntil: (username) => failures.get(username)?.lockedUntil ?? null,
    fail(username, lock) {
      const count = (failures.get(username)?.count ?? 0) + 1
      failures.delete(username)
      failures.set(username, { count, lockedUntil: lock(count) })
      const [oldest] = failures.keys()
      if (failures.size > REMEMBERED && oldest !== undefined) failures.delete(oldest)
      return count
    },
  }
}

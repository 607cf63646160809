import { hash, verify } from '@node-rs/argon2'

/** Argon2id (the library's default algorithm); OWASP's first recommendation, about 30 ms on a small server. */
const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 }

/** The same password typed on another keyboard or system is the same text. */
function normalised(password: string): string {
  return password.normalize('NFKC')
}

export async function hashPassword(password: string): Promise<string> {
  return await hash(normalised(password), cost)
}

/** Hash of a password that nobody has: what an unknown user name is compared with. */
const nobodys = hashPassword(crypto.randomUUID())

/** Takes as long for an unknown user (`null`) as for a wrong password. */
export async function passwordMatches(password: string, passwordHash: string | null): Promise<boolean> {
  const compared = passwordHash ?? (await nobodys)
  const matches = await verify(compared, normalised(password)).catch(() => false)
  return matches && passwordHash !== null
}

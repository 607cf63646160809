import { isBreached } from './rules-breached.ts'

export type PasswordWeakness = 'password-too-short' | 'password-breached' | 'password-contains-name'

/**
 * Length and a list of known passwords instead of rules of composition (NIST SP 800-63B §3.1.1): people answer
 * those with `Passw0rd!`. `names` are what an attacker who knows the person tries first.
 */
export function weaknessOf(
  password: string,
  names: readonly string[],
  minLength: number,
): PasswordWeakness | null {
  const text = password.normalize('NFKC').toLowerCase()
  if ([...text].length < minLength) return 'password-too-short'
  if (isBreached(text)) return 'password-breached'
  const guessed = names
    .map((name) => name.normalize('NFKC').toLowerCase())
    .filter((name) => name.length >= (/^[ -~]*$/.test(name) ? 4 : 2))
  return guessed.some((name) => text.includes(name)) ? 'password-contains-name' : null
}

import type { Office } from '../../../office.ts'
import { codesNotValid } from '../../divisions/index.ts'

/** Which division codes are in force today: each asked once, many at a time. */
export function knownDivisions(
  office: Office,
  today: string,
): { learn(codes: Iterable<string>): Promise<void>; isKnown(code: string): boolean } {
  const known = new Map<string, boolean>()
  return {
    async learn(codes) {
      const asked = [...new Set(codes)].filter((code) => code !== '' && !known.has(code))
      if (asked.length === 0) return
      const missing = new Set(await codesNotValid(office.db.statements, asked, today))
      for (const code of asked) known.set(code, !missing.has(code))
    },
    isKnown: (code) => known.get(code) ?? false,
  }
}

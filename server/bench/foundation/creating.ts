import { randomBytes } from 'node:crypto'
import { checkCharacter } from '@youyu/shared/population/identity-number'

/** A prime, larger than a township has villages. */
const STRIDE = 127

/** Endless requests that each register somebody new: ours through the API, the base as one statement. */
export function createRequests(county: string, villages: readonly string[]) {
  let count = 0
  function nextNumber(): string {
    count += 1
    const day = new Date(Date.UTC(1930 + (count % 80), 0, 1 + (Math.floor(count / 80) % 365)))
      .toISOString()
      .slice(0, 10)
      .replaceAll('-', '')
    const digits = `99${String(9000 + Math.floor(count / (80 * 365 * 500))).padStart(4, '0')}${day}${String((Math.floor(count / (80 * 365)) % 500) * 2 + 1).padStart(3, '0')}`
    return digits + checkCharacter(digits)
  }
  const birthDateOf = (idNumber: string) =>
    `${idNumber.slice(6, 10)}-${idNumber.slice(10, 12)}-${idNumber.slice(12, 14)}`
  // From all over the county: its townships register at the same time.
  const village = () => villages[(count * STRIDE) % villages.length] as string
  return {
    oursNext: () => {
      const idNumber = nextNumber()
      return {
        method: 'POST' as const,
        path: '/api/v1/persons',
        headers: { 'idempotency-key': randomBytes(16).toString('hex') },
        body: JSON.stringify({
          name: '张三',
          sex: '1',
          birthDate: birthDateOf(idNumber),
          idType: '01',
          idNumber,
          hukouDivision: village(),
          residenceDivision: village(),
          residenceStatus: '1',
          residenceSince: '2020-01-01',
        }),
      }
    },
    bareNext: () => {
      const birthDate = birthDateOf(nextNumber())
      return {
        method: 'POST' as const,
        path: '/persons',
        body: JSON.stringify({
          county: Number(county),
          village: village(),
          hash: randomBytes(16).toString('hex'),
          cipher: randomBytes(47).toString('hex'),
          birthDate,
        }),
      }
    },
  }
}

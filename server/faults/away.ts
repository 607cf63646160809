import { setTimeout as pause } from 'node:timers/promises'
import type { Office } from '../src/office.ts'
import { flakyLink } from '../test/flaky-link.ts'
import { close, openRegisterDesk, secondsUntil, type RegisterDesk, type Reply } from './register-desk.ts'
import { numberOf, village } from './register-files.ts'

/** Design §10: every answer within six seconds, healed within five. What is slow and not gone may take longer. */
const LONGEST = { gone: 6, slow: 12 }
const HEALED = 5

const faults = [
  { name: 'cut', longest: LONGEST.gone, begin: 'cut', late: 0 },
  { name: 'silent', longest: LONGEST.gone, begin: 'silence', late: 0 },
  { name: '0.2 s late', longest: LONGEST.slow, begin: 'slow', late: 200 },
  { name: '3 s late', longest: LONGEST.slow, begin: 'slow', late: 3000 },
] as const

type Given = {
  office: Office
  url: string
  environment: Record<string, string>
  seconds: number
  from: number
}

/** The database is gone, or slow, for so many seconds in four ways, while officers go on reading and registering. */
export async function withoutDatabase({ office, url, environment, seconds, from }: Given): Promise<string[]> {
  const findings: string[] = []
  const link = await flakyLink(url)
  const desk = await openRegisterDesk({ ...environment, DATABASE_URL: link.url })
  let serial = from
  const sent = new Map<string, object>()
  const acknowledged = new Set<string>()

  async function register(): Promise<Reply> {
    const { idNumber, birthDate } = numberOf((serial += 1))
    const body = {
      ...{ name: `离线${serial}`, sex: Number(idNumber[16]) % 2 === 1 ? '1' : '2', birthDate, idNumber },
      ...{ idType: '01', hukouDivision: village, residenceDivision: village, residenceStatus: '1' },
    }
    const key = `away-${serial}`
    sent.set(key, body)
    const reply = await desk.ask('POST', '/api/v1/persons', { body, key })
    if (reply.status === 201) acknowledged.add(key)
    return reply
  }

  const looks = [
    () => desk.ask('GET', '/api/v1/persons?limit=10'),
    () => desk.ask('GET', '/api/v1/me'),
    () => desk.ask('GET', '/api/v1/divisions?limit=10'),
    register,
  ]

  try {
    for (const { name, longest, begin, late } of faults) {
      const replies: Reply[] = []
      const lives: Reply[] = []
      if (begin === 'slow') link.slow(late)
      else link[begin]()
      const until = Date.now() + seconds * 1000
      const asking = looks.map(async (look) => {
        while (Date.now() < until) {
          replies.push(await look())
          await pause(100)
        }
      })
      const living = (async () => {
        for (; Date.now() < until; await pause(500)) lives.push(await desk.ask('GET', '/health/live'))
      })()
      await Promise.all([...asking, living])
      link.mend()
      const healed = await secondsUntil(() => isBack(desk), 60)

      const slowest = Math.max(...replies.map((reply) => reply.seconds))
      const counts = countsOf(replies)
      const expected = begin === 'slow' ? /^(20[01]|503)$/ : /^503$/
      const strange = Object.keys(counts).filter((status) => !expected.test(status))
      if (strange.length > 0) findings.push(`${name}: answered ${strange.join(', ')}`)
      if (replies.some((reply) => reply.status === 503 && !isClear(reply)))
        findings.push(`${name}: a refusal that is no problem in two languages`)
      if (late > 0 && late < 1000 && !counts['200']) findings.push(`${name}: nobody was served`)
      if (slowest > longest) findings.push(`${name}: an answer after ${slowest.toFixed(1)} s`)
      if (healed === null || healed > HEALED) findings.push(`${name}: healed after ${healed?.toFixed(1)} s`)
      if (lives.some(({ status, seconds: took }) => status !== 200 || took > 2))
        findings.push(`${name}: not alive meanwhile`)
      const told = Object.entries(counts).map(([status, times]) => `${times} × ${status}`)
      console.log(
        `  ${name} for ${seconds} s: ${told.join(', ')}, the slowest ${slowest.toFixed(1)} s, healed after ${healed?.toFixed(1)} s`,
      )
    }
    findings.push(...(await notOnce(office, desk, sent, acknowledged)))
  } finally {
    await close(desk)
    await link.close()
  }
  return findings
}

const isBack = async (desk: RegisterDesk) => (await desk.ask('GET', '/api/v1/persons?limit=1')).status === 200

function countsOf(replies: readonly Reply[]): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const { status } of replies) counts[status] = (counts[status] ?? 0) + 1
  return counts
}

export function isClear({ type, body }: Reply): boolean {
  const titles = (body['titles'] ?? {}) as Record<string, string>
  return type.startsWith('application/problem+json') && Boolean(titles['zh-CN'] && titles['en'])
}

/** Everybody who was sent is sent once more under her key, and stands in the register once. */
async function notOnce(
  { db }: Office,
  desk: RegisterDesk,
  sent: ReadonlyMap<string, object>,
  acknowledged: ReadonlySet<string>,
): Promise<string[]> {
  const findings: string[] = []
  const { rows: before } = await db.owner.query<{ n: number }>(registered)
  if (before[0]!.n < acknowledged.size)
    findings.push(`${acknowledged.size - before[0]!.n} acknowledged, not kept`)
  for (const [key, body] of sent) {
    const { status } = await desk.ask('POST', '/api/v1/persons', { body, key })
    if (status !== 201) findings.push(`${key} sent again: ${status}`)
  }
  const { rows: after } = await db.owner.query<{ n: number }>(registered)
  if (after[0]!.n !== sent.size) findings.push(`${sent.size} sent, ${after[0]!.n} kept`)
  return findings
}
const registered = `select count(*)::int as n from persons where county_code = 371121 and name like '离线%'`

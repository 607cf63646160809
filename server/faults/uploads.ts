import { open, readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { residentMemory } from '../bench/installation.ts'
import type { Office } from '../src/office.ts'
import { isClear } from './away.ts'
import { close, openRegisterDesk, secondsUntil, type RegisterDesk, type Reply } from './register-desk.ts'
import { village, writePeople } from './register-files.ts'

const MIB = 1024 * 1024
const LIMIT = 150 * MIB
/** What a process may grow by that never holds one of the files: buffers of three senders, and rubbish not yet collected. */
const GROWTH = 160
const SENDERS = 3

type Given = { office: Office; environment: Record<string, string>; directory: string; from: number }

/** Files that are too large, as large as may be, and small until somebody unpacks them. */
export async function sendLargeFiles({ office, environment, directory, from }: Given): Promise<string[]> {
  const findings: string[] = []
  const desk = await openRegisterDesk(environment)
  const path = join(directory, 'large.csv')
  const folder = join(environment['DATA_DIR']!, 'uploads')

  const pid = desk.server.child.pid!
  const imports = async () =>
    (await office.db.owner.query<{ n: number }>('select count(*)::int as n from imports')).rows[0]!.n

  async function refused(what: string, status: number, sending: () => Promise<Reply[]>): Promise<void> {
    const before = await imports()
    const { result, grown, slowest } = await watched(desk, pid, sending)
    for (const reply of result)
      if (reply.status !== status || !isClear(reply)) findings.push(`${what}: ${reply.status} ${reply.type}`)
    if (grown > GROWTH) findings.push(`${what}: the server grew by ${grown.toFixed(0)} MiB`)
    if (slowest > 3) findings.push(`${what}: others waited ${slowest.toFixed(1)} s`)
    if ((await imports()) !== before) findings.push(`${what}: an import stayed`)
    const left = await readdir(folder).catch(() => [])
    if (left.length > 0) findings.push(`${what}: ${left.length} files stayed`)
    console.log(
      `  ${what}: ${[...new Set(result.map((reply) => reply.status))].join(', ')}, the server grew by ${grown.toFixed(0)} MiB, others waited ${slowest.toFixed(1)} s at most`,
    )
  }

  try {
    await desk.ask('GET', '/api/v1/persons?limit=10')
    await writeRepeated(path, `张三,1,1990-01-31,01,,${village},${village},,\n`, 200 * MIB)
    await refused(`${SENDERS} files of 200 MiB`, 413, () =>
      Promise.all(Array.from({ length: SENDERS }, (_, index) => desk.upload(path, `large-${index}`))),
    )

    for (const [what, bomb] of bombs()) {
      const file = await open(path, 'w')
      await file.write(bomb)
      await file.close()
      await refused(what, 415, async () => [await desk.upload(path, `bomb-${bomb.length}`)])
    }

    const rows = await writePeople(path, { from, bytes: LIMIT - MIB }, '幸福路'.repeat(40))
    const { result, grown, slowest } = await watched(desk, pid, async () => {
      const began = performance.now()
      const { status, body } = await desk.upload(path, 'the-largest')
      if (status !== 202) return { told: `${status}`, accepted: 0, seconds: 0 }
      const { id } = body['job'] as { id: string }
      await secondsUntil(async () => isOver((await desk.job(id)).state), 600, 500)
      const { state, rowsAccepted } = await desk.job(id)
      return { told: state, accepted: rowsAccepted, seconds: (performance.now() - began) / 1000 }
    })
    if (result.told !== 'succeeded' || result.accepted !== rows)
      findings.push(`the largest file: ${result.told}, ${result.accepted} of ${rows} rows`)
    if (grown > LIMIT / MIB) findings.push(`the largest file: the server grew by ${grown.toFixed(0)} MiB`)
    console.log(
      `  a file of 149 MiB: ${result.accepted} rows in ${result.seconds.toFixed(0)} s, the server grew by ${grown.toFixed(0)} MiB, others waited ${slowest.toFixed(1)} s at most`,
    )
  } finally {
    await close(desk)
    await rm(path, { force: true })
  }
  return findings
}

const isOver = (state: string) => !['queued', 'running'].includes(state)

/** How far the server grows meanwhile, in MiB, and how long somebody else waits for her list. */
async function watched<Result>(
  desk: RegisterDesk,
  pid: number,
  work: () => Promise<Result>,
): Promise<{ result: Result; grown: number; slowest: number }> {
  const before = await residentMemory(pid)
  let [peak, slowest, isDone] = [before, 0, false]
  const timer = setInterval(
    () =>
      void residentMemory(pid)
        .then((now) => (peak = Math.max(peak, now)))
        .catch(() => undefined),
    50,
  )
  const looking = (async () => {
    while (!isDone) {
      const { status, seconds } = await desk.ask('GET', '/api/v1/persons?limit=10')
      slowest = Math.max(slowest, status === 200 ? seconds : Infinity)
      await new Promise((resolve) => setTimeout(resolve, 200))
    }
  })()
  try {
    return { result: await work(), grown: peak - before, slowest }
  } finally {
    isDone = true
    clearInterval(timer)
    await looking
  }
}

async function writeRepeated(path: string, line: string, bytes: number): Promise<void> {
  const file = await open(path, 'w')
  const piece = Buffer.from(line.repeat(Math.floor(MIB / Buffer.byteLength(line))))
  for (let size = 0; size < bytes; size += piece.length) await file.write(piece)
  await file.close()
}

/** Half a gigabyte of nothing in half a megabyte. */
function bombs(): [string, Buffer][] {
  const packed = gzipSync(Buffer.alloc(512 * MIB))
  const deflated = packed.subarray(10, -8)
  const name = Buffer.from('xl/worksheets/sheet1.xml')
  const local = Buffer.alloc(30)
  local.writeUInt32LE(0x04034b50, 0)
  local.writeUInt16LE(20, 4)
  local.writeUInt16LE(8, 8)
  local.writeUInt32LE(deflated.length, 18)
  local.writeUInt32LE(512 * MIB, 22)
  local.writeUInt16LE(name.length, 26)
  return [
    ['a packed file', packed],
    ['a workbook that unpacks to 512 MiB', Buffer.concat([local, name, deflated])],
  ]
}

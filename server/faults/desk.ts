import { setTimeout as pause } from 'node:timers/promises'
import type { Bank } from '../src/bank-simulator/bank.ts'
import { todayOf, type Office } from '../src/office.ts'
import { batchIn, type Asked, type Said, type Server } from './server.ts'
import { entitle } from './treasury.ts'

type Killer = () => Promise<void>
type Batch = { id: string; number: string; version: number }

/** Two officers at their counters, who ask until they are answered. */
type Desk = {
  insist(ask: () => Promise<Said>, killer?: Killer): Promise<Said>
  now(id: string): Promise<ReturnType<typeof batchIn>>
  step(id: string, name: Step, given?: { body?: object; killer?: Killer | undefined }): Promise<void>
  /** A new roster of whoever is owed something, frozen. */
  locked(): Promise<Batch>
  /** From the roster to the bank and back, while somebody kills things. */
  payOut(killer: Killer): Promise<void>
}

type Step = 'lock' | 'approval' | 'submissions' | 'closing' | 'voiding'
const roleOf = (step: Step) =>
  step === 'approval' || step === 'closing' ? ('county_finance' as const) : ('county_subsidy' as const)

const ATTEMPTS = 100
/** How often one request is killed before it may end. */
const KILLS = 2
const LONGEST_STEP = 90
const LOOKS = 600

export const newBatch = () => {
  const today = todayOf(new Date())
  return { programme: 'P01', throughMonth: `${today.slice(0, 7)}-01`, payOn: today }
}

type Furniture = { office: Office; server: Server; bank: Bank; draw: (below: number) => number }

export function openDesk({ office, server, bank, draw }: Furniture): Desk {
  let keys = 0

  async function insist(ask: () => Promise<Said>, killer?: Killer): Promise<Said> {
    let said: Said | null = null
    for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
      await server.ready()
      const asking = ask()
      if (killer && attempt < KILLS) await pause(draw(LONGEST_STEP)).then(killer)
      said = await asking
      const isUnderWay = said.body['code'] === 'idempotency-in-flight'
      if (said.status > 0 && said.status < 500 && said.status !== 401 && !isUnderWay) return said
      await pause(50)
    }
    throw new Error(`There was no answer any more, the last one ${said?.status} ${said?.text.slice(0, 200)}`)
  }

  async function good(what: string, ask: () => Promise<Said>, killer?: Killer) {
    const said = await insist(ask, killer)
    if (said.status > 201) throw new Error(`${what}: ${said.status} ${said.text.slice(0, 200)}`)
    return batchIn(said)
  }

  const now = (id: string) =>
    good('looking', () => server.ask('county_subsidy', 'GET', `/payment-batches/${id}`))

  async function make(killer?: Killer): Promise<Batch> {
    const asked: Asked = { body: newBatch(), key: `make-${(keys += 1)}-${Date.now()}` }
    return await good('making', () => server.ask('county_subsidy', 'POST', '/payment-batches', asked), killer)
  }

  async function step(
    id: string,
    name: Step,
    { body, killer }: { body?: object; killer?: Killer | undefined } = {},
  ): Promise<void> {
    const { version } = await now(id)
    const asked: Asked = { version, key: `${name}-${id}`, ...(body && { body }) }
    await good(name, () => server.ask(roleOf(name), 'POST', `/payment-batches/${id}/${name}`, asked), killer)
  }

  /** Time passes: leases run out, the bank is looked at again. */
  const later = () =>
    office.db.owner
      .query(
        `update bank_submissions set lease_until = now() where lease_until > now(); update bank_submissions set next_at = now()`,
      )
      .catch(() => undefined)

  return {
    insist,
    now,
    step,
    async locked() {
      const { id } = await make()
      await step(id, 'lock')
      return await now(id)
    },
    async payOut(killer) {
      await entitle(office, 8)
      const { id, number } = await make(killer)
      await step(id, 'lock', { killer })
      await step(id, 'approval', { body: {}, killer })
      await step(id, 'submissions', { body: { channel: 'HTTP' }, killer })
      for (let look = 0; ; look += 1) {
        if (look < KILLS) await pause(draw(LONGEST_STEP)).then(killer)
        await later()
        await pause(100)
        const batch = await now(id)
        if (batch.paid.count + batch.failed.count === batch.items.count) break
        if (look > LOOKS) throw new Error(`The bank's answer to ${number} never came in`)
      }
      await step(id, 'closing', { killer })
      if (![...bank.paid().keys()].some((key) => key.startsWith(number)))
        throw new Error(`The bank has paid nothing of ${number}`)
    },
  }
}

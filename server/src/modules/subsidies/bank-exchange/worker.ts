import { setTimeout as pause } from 'node:timers/promises'
import type { Id } from '@youyu/shared/values'
import type { Access } from '../../../access/access.ts'
import { newId } from '../../../crypto/ids.ts'
import { longTransaction } from '../../../database/transaction.ts'
import { failureShown } from '../../../logging.ts'
import type { App, Office } from '../../../office.ts'
import { Refused } from '../../../refused.ts'
import { systemAccess } from '../../accounts/index.ts'
import { piecesOf } from '../bank-files/index.ts'
import { Unwritable } from '../bank-layouts/index.ts'
import { takeReturn } from '../bank-returns/index.ts'
import { BankRefused, folderDoor, serviceDoor, type BankDoor } from './delivering.ts'
import { prepareFile } from './preparing.ts'
import * as queries from './queries.ts'

const POLL = 2000
/** A process that is killed leaves its work to the next one after this time. */
const LEASE_SECONDS = 30
const LOOK_AGAIN = 20_000
const LONGEST_WAIT = 300_000

const wakers = new WeakMap<Office, () => void>()

/** After the transaction that sent a batch: its file is made now, not at the next look. */
export function wakeBankWork(office: Office): void {
  wakers.get(office)?.()
}

/** The installation's own access to one county: payouts go on whoever is signed in. */
const accessOf = (county: number, actorId?: Id): Access => ({
  ...systemAccess,
  ...(actorId && { actorId }),
  county,
  prefixes: [String(county)],
})

function doorOf({ config }: Office, channel: queries.Held['channel']): BankDoor | null {
  if (channel === 'FOLDER' && config.BANK_FOLDER) return folderDoor(config.BANK_FOLDER)
  if (channel === 'HTTP' && config.BANK_URL) return serviceDoor(config)
  return null
}

/** One step of one submission: make its file, deliver it, or look whether the bank has answered. */
async function workOnce(office: Office, owner: Id): Promise<boolean> {
  const work = await queries.claimWork(office.db.statements, owner, office.now(), LEASE_SECONDS)
  if (!work) return false
  const access = accessOf(work.countyCode)
  const held = await longTransaction(office.db, access, async (tx) => {
    const found = await queries.findHeld(tx, access, work.id, owner)
    if (found?.state === 'PREPARING') await prepareFile(tx, office, access, found, office.now())
    return found
  }).catch(async (error: unknown) => {
    await setBack(office, access, work.id, owner, error)
    return undefined
  })
  if (!held || held.state === 'PREPARING') return true
  try {
    if (held.state === 'WAITING') await deliver(office, access, held, owner)
    else await collect(office, access, held, owner)
  } catch (error) {
    await setBack(office, access, work.id, owner, error)
  }
  return true
}

const deliveryOf = ({ fileName, batchNumber, sha256 }: queries.Held) => ({
  ...{ fileName: fileName!, batchNumber },
  sha256: sha256!.toString('hex'),
})

async function deliver(office: Office, access: Access, held: queries.Held, owner: Id): Promise<void> {
  const door = doorOf(office, held.channel)
  if (!door) throw new Refused('channel-not-set-up')
  const { reference } = await door.deliver(deliveryOf(held), piecesOf(office, access, held.id))
  const at = office.now()
  await longTransaction(
    office.db,
    access,
    async (tx) =>
      await queries.setDown(tx, access, held.id, owner, {
        ...{ state: 'DELIVERED', bankReference: reference, deliveredAt: at, nextAt: at },
      }),
  )
}

async function collect(office: Office, access: Access, held: queries.Held, owner: Id): Promise<void> {
  const door = doorOf(office, held.channel)
  if (!door) throw new Refused('channel-not-set-up')
  let failure: string | null = null
  const taker = accessOf(access.county, held.createdBy)
  for await (const { name, open, done } of door.returns(deliveryOf(held))) {
    try {
      await takeReturn(office, taker, {
        batch: { id: held.batchId },
        ...{ name, channel: held.channel, content: open() },
      })
      await done(true)
    } catch (error) {
      if (!(error instanceof Refused)) throw error
      failure = `${name}: ${error.code}`
      await done(false)
    }
  }
  const at = office.now()
  await longTransaction(office.db, access, async (tx) => {
    const nextAt = new Date(at.getTime() + (held.batchState === 'CLOSED' ? LONGEST_WAIT : LOOK_AGAIN))
    await queries.setDown(tx, access, held.id, owner, { failure, nextAt })
  })
}

/** Tried again after a while; what can never succeed waits for a human. */
async function setBack(office: Office, access: Access, id: Id, owner: Id, error: unknown): Promise<void> {
  const isFinal = error instanceof BankRefused || error instanceof Unwritable
  office.log.warn({ failure: failureShown(error), submission: id }, 'work with the bank failed')
  await longTransaction(office.db, access, async (tx) => {
    const held = await queries.findHeld(tx, access, id, owner)
    if (!held) return
    const wait = Math.min(1000 * 2 ** held.attempts, LONGEST_WAIT)
    await queries.setDown(tx, access, id, owner, {
      ...(isFinal && { state: 'REFUSED' as const }),
      failure: error instanceof Error ? error.name + (isFinal ? `: ${error.message}` : '') : 'Error',
      nextAt: new Date(office.now().getTime() + wait),
    })
  }).catch(() => undefined)
}

/** Works off what waits now and returns; for tests and commands without a server. */
export async function runBankWork(office: Office): Promise<number> {
  const owner = newId()
  let count = 0
  while (await workOnce(office, owner)) count += 1
  return count
}

/** Keeps payouts going in this process until the application closes; what is under way then is resumed by lease. */
export function startBankWork(app: App, office: Office): void {
  const owner = newId()
  const closing = new AbortController()
  let wake: () => void = () => undefined
  wakers.set(office, () => wake())

  async function work(): Promise<void> {
    while (!closing.signal.aborted) {
      const worked = await workOnce(office, owner).catch((error: unknown) => {
        office.log.warn({ failure: failureShown(error) }, 'work with the bank could not be read')
        return false
      })
      if (worked || closing.signal.aborted) continue
      const nap = new AbortController()
      wake = () => nap.abort()
      await pause(POLL, undefined, { signal: AbortSignal.any([nap.signal, closing.signal]) }).catch(
        () => undefined,
      )
    }
  }

  let working: Promise<void> = Promise.resolve()
  app.addHook('onReady', () => {
    working = work()
  })
  app.addHook('preClose', async () => {
    closing.abort()
    await working
  })
}

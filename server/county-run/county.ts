import { alterRoster, edit, redirect, redirected, setRight } from './crimes.ts'
import { answered, approve, close, prepare, reissue, send } from './paying.ts'
import { YEAR } from './people.ts'
import { review, type Run } from './reviewing.ts'

const PAID_ON = `${YEAR}-09-21`
const REISSUED_ON = [12, 19, 26, 30].map((day) => `${YEAR}-10-${day}`)
const RIGHTED_ON = `${YEAR}-11-09`
const LAST_DAYS = [16, 23, 30].map((day) => `${YEAR}-11-${day}`)

/** One season of benefits, from the rules to the closed books. */
export async function runCounty(run: Run): Promise<void> {
  const { desk, step } = run
  await review(run)
  await desk.moveTo(PAID_ON)
  const batches = await prepare(run, PAID_ON)
  const ids = [...batches.values()]
  const reward = batches.get('P01')!
  await step('a frozen roster is altered', () => alterRoster(run, reward))
  await step('approved by the second officer', async () => {
    for (const id of ids) await approve(run, id)
    return ids.length
  })
  let payee = ''
  await step('an account is redirected', async () => {
    payee = await redirect(run)
    return 'after the approval'
  })
  await step('sent to the bank', () =>
    desk.struck('submission', 'payment_items|bank_file_parts', async () => {
      for (const id of ids) await send(desk, id)
      return ids.length
    }),
  )
  await step('answered by the bank', () =>
    desk.struck('return', 'returned|post_return', async () => {
      await answered(desk, ids)
      return ids.length
    }),
  )
  await step('what became of the redirection', () => redirected(run, reward, payee))
  await step('reconciled and closed', async () => {
    for (const id of ids) await close(desk, id)
    return ids.length
  })
  await step('rows edited by a superuser', () => edit(run, reward))
  await reissue(run, REISSUED_ON)
  await desk.moveTo(RIGHTED_ON)
  await step('the payee gets hers', () => setRight(run, payee, RIGHTED_ON))
  await reissue(run, LAST_DAYS)
  await step('ledger verified', async () => {
    await desk.seal()
    const { isWhole, text } = await desk.verify()
    if (!isWhole) run.finding(`the ledger is not whole: ${text}`)
    return text.split('\n').find((line) => line.startsWith('counties')) ?? text
  })
}

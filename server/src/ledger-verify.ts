import { verifyLedger } from './modules/subsidies/index.ts'
import { runVerification } from './verify-command.ts'

await runVerification({
  command: 'ledger:verify',
  checks: `Checks every entry of the ledger and every item and outcome of a batch against its seals, with the public key alone, and
that the books of money agree with each other.`,
  records: 'rows',
  headsFile: 'ledger-heads.json',
  whole: 'The ledger is whole. 台账完整。',
  broken: 'The ledger was tampered with. 台账已被改动。',
  async verify(owner, keys, heads) {
    const { rows, faults, ...counted } = await verifyLedger(owner, keys, heads)
    return {
      ...counted,
      records: rows,
      faults: faults.map(({ what, ...fault }) => ({ ...fault, where: what })),
    }
  },
})

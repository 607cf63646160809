import { verifyLog } from './audit/index.ts'
import { runVerification } from './verify-command.ts'

await runVerification({
  command: 'audit:verify',
  checks: 'Checks every row of the access log against its seals, with the public key alone.',
  records: 'entries',
  headsFile: 'audit-heads.json',
  whole: 'The access log is whole. 访问日志完整。',
  broken: 'The access log was tampered with. 访问日志已被改动。',
  async verify(owner, keys, heads) {
    const { entries, faults, ...counted } = await verifyLog(owner, keys, heads)
    const told = faults.map(({ entryId, ...fault }) => ({
      ...fault,
      where: entryId === null ? null : `entry ${entryId}`,
    }))
    return { ...counted, records: entries, faults: told }
  },
})

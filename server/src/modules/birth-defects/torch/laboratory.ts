import type { Id } from '@youyu/shared/values'
import type { Access } from '../../../access/access.ts'
import type { Transaction } from '../../../database/connect.ts'
import type { Office } from '../../../office.ts'
import { Refused } from '../../../refused.ts'
import { clientOf } from '../../contraception/index.ts'
import { openChain, type LinkEvent } from '../chains/index.ts'
import type { FiledResults } from '../filing.ts'
import * as queries from './queries.ts'
import { writeSamples, type Sample } from './recording.ts'
import { isPregnantAt, serologyIn, stageOn } from './rules.ts'
import { correctTestIn } from './testing.ts'

/**
 * What a laboratory found for my facility becomes tests, all in a few statements; a clinician confirms them. An answer that
 * the laboratory has set right corrects the test that stands. Answers what is to be said of their chains.
 */
export async function applyTorchResults(
  tx: Transaction,
  office: Office,
  access: Access,
  answered: FiledResults,
  at: Date,
): Promise<LinkEvent[]> {
  const read = (await queries.selectLabSamples(tx, access, answered)).map(
    ({ found, expectedOn, endedOn, ...row }) => ({
      ...row,
      occurredOn: row.collectedOn,
      stage: stageOn(row.collectedOn, expectedOn, endedOn),
      results: serologyIn(found),
    }),
  )
  const samples = read.filter(({ results }) => results.length > 0)
  if (samples.length === 0) return []
  const fresh: Sample[] = []
  for (const sample of samples) {
    if (sample.standingId !== null) {
      const results = sample.results.map((each) => ({ ...each, iggTitre: null, igmTitre: null }))
      const reason = '检验机构更正结果'
      await correctTestIn(tx, office, access, sample.standingId, { set: { results }, reason }, at)
      continue
    }
    const { clientId: womanId, stage, occurredOn: on } = sample
    const ground = isPregnantAt(stage) ? 'PREGNANCY' : 'PRECONCEPTION'
    if (sample.chainId === null) await assertWoman(tx, access, womanId)
    const chainId = sample.chainId ?? (await openChain(tx, access, { womanId, ground, on }, at))
    fresh.push({ ...sample, chainId })
  }
  if (fresh.length === 0) return []
  return (await writeSamples(tx, office, access, fresh, at)).links
}

/** Of infections of a pregnancy; a man has no record of them. */
async function assertWoman(tx: Transaction, access: Access, clientId: Id): Promise<void> {
  const { sex } = await clientOf(tx, access, clientId)
  if (sex === '1') throw Refused.field('/clientId', 'panel-not-for-client')
}

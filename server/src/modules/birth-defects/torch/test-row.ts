import type { TorchResult, TorchTest, TorchTestRow } from '@youyu/shared/birth-defects/torch'
import { cellOf, type TorchCell } from '@youyu/shared/birth-defects/torch'
import type { Access } from '../../../access/access.ts'
import type { Office } from '../../../office.ts'
import type { KeptResult, KeptTest, ListedTest } from './queries.ts'
import { isPregnantAt } from './rules.ts'

export function shownTestRow(row: ListedTest): TorchTestRow {
  const { id, client, chainId, occurredOn, stage, isRetest, actionable, confirmedOn, facilityId } = row
  return {
    ...{ id, client, chainId, occurredOn, stage, isRetest, actionable, confirmedOn, facilityId },
    recordedAt: row.recordedAt.toISOString(),
    voidedAt: row.voidedAt?.toISOString() ?? null,
    version: row.version,
  }
}

/** The advice is the matrix's until a clinician says it in words of her own. */
export function shownTest(
  { ciphers }: Office,
  { county }: Access,
  test: KeptTest,
  cells: readonly TorchCell[],
): TorchTest {
  const isPregnant = isPregnantAt(test.stage)
  const opened = (sealed: string | null, id: string) =>
    sealed === null ? null : ciphers.clinical.decipher(Buffer.from(sealed, 'base64'), { county, id })
  const result = ({ titresCipher, adviceCipher, ...row }: KeptResult): TorchResult => {
    const titres = JSON.parse(opened(titresCipher, row.id) ?? '{}') as { igg?: string; igm?: string }
    const own = opened(adviceCipher, row.id)
    const cell = cellOf(cells, { ...row, isPregnant })
    return {
      ...row,
      iggTitre: titres.igg ?? null,
      igmTitre: titres.igm ?? null,
      adviceZh: own ?? cell?.adviceZh ?? '',
      adviceEn: own ?? cell?.adviceEn ?? '',
    }
  }
  const { edition, laboratory, checkId, confirmedBy, voidReason, replaces, noteCipher } = test
  return {
    ...shownTestRow(test),
    ...{ edition, laboratory, checkId, confirmedBy, voidReason, replaces },
    results: (test.results ?? []).map(result),
    note: noteCipher && ciphers.clinical.decipher(noteCipher, { county, id: test.id }),
  }
}

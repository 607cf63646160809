import type { Access } from '../../../access/access.ts'
import { citation } from '../../../citation.ts'
import type { Transaction } from '../../../database/connect.ts'
import { ask } from '../../../database/statements.ts'

/** The documents that a programme stands on: the county's own row before the standard. */
export async function selectBasis(tx: Transaction, access: Access, programme: string): Promise<string[]> {
  const text = `select legal_basis as basis from programmes where code = $1 and owner_county in (0, $2) order by owner_county desc limit 1`
  const [row] = await ask<{ basis: { document: string }[] }>(tx, text, [programme, access.county])
  return row?.basis.map(({ document }) => citation(document).source) ?? []
}

export async function selectNames(
  tx: Transaction,
  access: Access,
  programme: string,
): Promise<{ zh: string; en: string }> {
  const text = `select name_zh as zh, name_en as en from programmes where code = $1 and owner_county in (0, $2) order by owner_county desc limit 1`
  const [row] = await ask<{ zh: string; en: string }>(tx, text, [programme, access.county])
  return row ?? { zh: programme, en: programme }
}

import type {
  downloadFinanceStatement,
  FinanceStatement,
  getFinanceStatement,
} from '@youyu/shared/subsidies/finance-statements'
import type { z } from 'zod'
import type { Access } from '../../../access/access.ts'
import { record } from '../../../audit/index.ts'
import { reading, transaction } from '../../../database/transaction.ts'
import { todayOf, type Office } from '../../../office.ts'
import { Refused } from '../../../refused.ts'
import { fileOf, type TableFile } from '../../population/index.ts'
import { headIn } from '../ledger/index.ts'
import * as queries from './queries.ts'
import { sheetOf } from './sheet.ts'

type Asked = z.output<(typeof getFinanceStatement)['schema']['querystring']>
type FileAsked = z.output<(typeof downloadFinanceStatement)['schema']['querystring']>

export async function statementOf({ db }: Office, access: Access, asked: Asked): Promise<FinanceStatement> {
  if (asked.to < asked.from) throw Refused.field('?to', 'invalid-date')
  const { year, from, to, tier = null } = asked
  return await reading(db, access, async (tx) => {
    const [rows, batches, head] = await Promise.all([
      queries.selectRows(tx, access.county, asked),
      queries.selectBatches(tx, access.county, asked),
      headIn(tx, access.county),
    ])
    const sumOf = (name: Exclude<keyof (typeof rows)[number], 'programme' | 'tier'>) =>
      rows.reduce((sum, row) => sum + row[name], 0)
    const total = {
      budgetFen: sumOf('budgetFen'),
      openingFen: sumOf('openingFen'),
      receivedFen: sumOf('receivedFen'),
      carriedFen: sumOf('carriedFen'),
      committedFen: sumOf('committedFen'),
      paidFen: sumOf('paidFen'),
      returnedFen: sumOf('returnedFen'),
      recoveredFen: sumOf('recoveredFen'),
      closingFen: sumOf('closingFen'),
      payableFen: sumOf('payableFen'),
    }
    return { year, from, to, tier, rows, total, batches, lastNumber: head.lastNumber, seal: head.seal }
  })
}

export async function statementFile(office: Office, access: Access, asked: FileAsked): Promise<TableFile> {
  const { format, ...question } = asked
  const statement = await statementOf(office, access, question)
  const now = office.now()
  const deed = { action: 'export', entity: 'finance-statement', rows: statement.rows.length } as const
  await transaction(office.db, access, (tx) => record(tx, access, deed, now))
  const name = `补助资金对账单-${access.county}-${statement.tier ?? '各级'}-${statement.from}-${statement.to}-${todayOf(now)}`
  return await fileOf(name, format, [sheetOf(statement)])
}

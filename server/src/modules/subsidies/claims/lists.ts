import type { ClaimAnswer, ClaimList, checkClaims } from '@youyu/shared/subsidies/claims'
import { parse } from 'csv-parse/sync'
import type { z } from 'zod'
import type { Access } from '../../../access/access.ts'
import { record } from '../../../audit/index.ts'
import { newId } from '../../../crypto/ids.ts'
import { sha256 } from '../../../crypto/keys.ts'
import type { Transaction } from '../../../database/connect.ts'
import { longCommand, reading, transaction } from '../../../database/transaction.ts'
import { todayOf, type Office } from '../../../office.ts'
import { Refused } from '../../../refused.ts'
import type { Received } from '../attachments/index.ts'
import { keepClaimKeys, saltOf } from './finding.ts'
import * as lists from './queries-lists.ts'
import * as queries from './queries.ts'
import { numberKeyOf } from './keys.ts'
import { columnsOf, listRow, type ListRow } from './rules.ts'

const CHUNK = 10_000
export const MAX_LIST_BYTES = 50 * 1024 * 1024

function textOf(content: Buffer): string {
  for (const encoding of ['utf-8', 'gb18030']) {
    try {
      return new TextDecoder(encoding, { fatal: true }).decode(content)
    } catch {
      // the next encoding
    }
  }
  throw new Refused('unreadable-file')
}

function recordsOf(content: Buffer): string[][] {
  try {
    return parse(textOf(content), { bom: true, relax_column_count: true, skip_empty_lines: true })
  } catch (error) {
    if (error instanceof Refused) throw error
    throw new Refused('unreadable-file')
  }
}

/** Loads a national list: each number becomes its keyed hash as it is read; claimants of the county in it become matches. */
export async function loadList(
  office: Office,
  access: Access,
  { fields, file }: Received,
): Promise<ClaimList> {
  const title = fields['title']?.trim()
  if (!title || title.length > 100) throw Refused.field('/title', title ? 'invalid-value' : 'required')
  const [header, ...records] = recordsOf(file.content)
  const columns = columnsOf(header ?? [])
  if (!columns) throw new Refused('unknown-header')
  const salt = saltOf(office)
  const rows = records.flatMap(
    (cells) => listRow(cells, columns, (number) => numberKeyOf(number, salt)) ?? [],
  )
  const at = office.now()
  const list = { id: newId(at.getTime()), title, rows: rows.length, refused: records.length - rows.length }
  return await longCommand(office.db, access, async (tx) => {
    const known = { countyCode: access.county, sha256: sha256(file.content), recordedBy: access.actorId }
    await lists.insertList(tx, { ...list, ...known, recordedAt: at })
    for (let start = 0; start < rows.length; start += CHUNK)
      await lists.insertListRows(tx, access, list.id, rows.slice(start, start + CHUNK), start + 1)
    const found = await compare(tx, office, access, list.id, rows)
    await record(
      tx,
      access,
      { action: 'import', entity: 'claim-list', entityId: list.id, rows: rows.length },
      at,
    )
    return { ...list, found, recordedAt: at.toISOString() }
  })
}

async function compare(
  tx: Transaction,
  office: Office,
  access: Access,
  listId: string,
  rows: readonly ListRow[],
): Promise<number> {
  const on = todayOf(office.now())
  for (const programme of new Set(rows.map((row) => row.programme)))
    await keepClaimKeys(tx, office, access, await queries.selectClaimants(tx, access, programme))
  let found = 0
  for (const { programme, people } of await lists.selectListed(tx, access, listId))
    found += await queries.findClaims(tx, access, people, programme, on)
  return found
}

export async function listLists(office: Office, access: Access): Promise<{ items: ClaimList[] }> {
  const rows = await reading(office.db, access, (tx) => lists.selectLists(tx, access))
  return { items: rows.map(({ recordedAt, ...row }) => ({ ...row, recordedAt: recordedAt.toISOString() })) }
}

type Questions = z.output<(typeof checkClaims)['schema']['body']>

/** What another county hears: match or no match, place by place; that it asked, and how often, is on record. */
export async function answerClaims(
  office: Office,
  access: Access,
  { programme, claims }: Questions,
): Promise<{ answers: ClaimAnswer[] }> {
  return await transaction(office.db, access, async (tx) => {
    const answers = await lists.selectAnswers(tx, programme, claims)
    const asked = {
      action: 'view',
      entity: 'claim-exchange',
      rows: claims.length,
      purpose: 'BENEFIT',
    } as const
    await record(tx, access, { ...asked, fields: [programme] }, office.now())
    return { answers }
  })
}

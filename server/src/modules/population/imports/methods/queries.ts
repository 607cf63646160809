import type { Transaction } from '../../../../database/connect.ts'

/** Working facilities of the county by their code. */
export async function facilitiesOf(tx: Transaction, county: number): Promise<Map<string, string>> {
  const prefix = String(county).padStart(6, '0')
  const { rows } = await tx.client.query<{ code: string; id: string }>(
    `select code, id from organisations where division_code >= $1 and division_code < $2 and status = 'active'`,
    [prefix, `${prefix}:`],
  )
  return new Map(rows.map(({ code, id }) => [code, id]))
}

export type OldMethod = {
  id: string
  clientId: string
  facilityId: string
  divisionCode: string
  birthYear: number
  inUnion: boolean
  method: string
  deviceType: string | null
  startedOn: string
  endedOn: string | null
  endReason: string | null
}

type From = { county: number; importId: string; at: Date; by: string }

/** Writes a chunk into the records of its facilities, which this side cannot read; counts what became of it. */
export async function loadOldMethods(
  tx: Transaction,
  { county, importId, at, by }: From,
  rows: readonly OldMethod[],
): Promise<{ loaded: number; known: number; findings: Record<string, number> }> {
  const column = <Key extends keyof OldMethod>(key: Key) => rows.map((row) => row[key])
  const { rows: told } = await tx.client.query<{
    loaded: number
    known: number
    findings: Record<string, number>
  }>(
    `select loaded, known, findings from app.load_methods($1, $2, $3, $4, $5::uuid[], $6::uuid[], $7::uuid[], $8::text[], $9::smallint[],
       $10::boolean[], $11::text[], $12::text[], $13::date[], $14::date[], $15::text[])`,
    [
      county,
      importId,
      at,
      by,
      column('id'),
      column('clientId'),
      column('facilityId'),
      column('divisionCode'),
      column('birthYear'),
      column('inUnion'),
      column('method'),
      column('deviceType'),
      column('startedOn'),
      column('endedOn'),
      column('endReason'),
    ],
  )
  return told[0]!
}

/** What follows from a loaded register: whose client she is, and the follow-up that is due. */
export async function concludeOldMethods(tx: Transaction, { county, at, by }: From, today: string) {
  await tx.client.query('select app.gather_clients($1)', [county])
  await tx.client.query('select app.plan_follow_up($1, null, $2, $3, $4)', [county, today, by, at])
}

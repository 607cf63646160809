import type { Transaction } from '../../../../database/connect.ts'

export type LoadedCircumstance = {
  id: string
  personId: string
  kind: string
  grade: number | null
  detail: string | null
  fromOn: string
  toOn: string | null
  documentType: string
  documentCipher: Buffer | null
  documentMask: string | null
  divisionCode: string
}

type From = { county: number; importId: string; at: Date; by: string }

/**
 * Writes a chunk as the county's circumstances; answers of each row, in order, whether it is new, ends one that stood, is known
 * already, or says otherwise than what stands.
 */
export async function writeCircumstances(
  tx: Transaction,
  { county, importId, at, by }: From,
  rows: readonly LoadedCircumstance[],
): Promise<('NEW' | 'ENDED' | 'KNOWN' | 'DIFFERS')[]> {
  const column = <Key extends keyof LoadedCircumstance>(key: Key) => rows.map((row) => row[key])
  const { rows: told } = await tx.client.query<{ outcome: 'NEW' | 'ENDED' | 'KNOWN' | 'DIFFERS' }>(
    `select outcome from app.load_circumstances($1, $2, $3, $4, $5::uuid[], $6::uuid[], $7::text[], $8::smallint[], $9::text[], $10::date[],
       $11::date[], $12::text[], $13::bytea[], $14::text[], $15::text[]) order by place`,
    [
      ...[county, importId, at, by, column('id'), column('personId'), column('kind'), column('grade')],
      ...[column('detail'), column('fromOn'), column('toOn'), column('documentType')],
      ...[column('documentCipher'), column('documentMask'), column('divisionCode')],
    ],
  )
  return told.map(({ outcome }) => outcome)
}

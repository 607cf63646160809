import { and, asc, eq, gt, inArray, sql } from 'drizzle-orm'
import type { ImportReview } from '@youyu/shared/population/imports'
import type { Transaction } from '../../../../database/connect.ts'
import { persons } from '../../persons/tables.ts'
import type { ImportRow } from '../queries.ts'
import { importReviews, imports } from '../tables.ts'

const ofImport = ({ countyCode, id }: ImportRow) =>
  and(eq(importReviews.countyCode, countyCode), eq(importReviews.importId, id))

const registered = {
  name: persons.name,
  sex: persons.sex,
  birthDate: persons.birthDate,
  birthDatePrecision: persons.birthDatePrecision,
  ethnicity: persons.ethnicity,
  education: persons.education,
  maritalStatus: persons.maritalStatus,
  hukouDivision: persons.hukouDivision,
  hukouType: persons.hukouType,
  residenceDivision: persons.residenceDivision,
  residenceStatus: persons.residenceStatus,
  residenceSince: persons.residenceSince,
  phone: persons.phoneMask,
  address: persons.address,
}

export type ReviewPage = { decision?: ImportReview['decision'] | undefined; after: number; limit: number }

export async function listReviews(tx: Transaction, kept: ImportRow, { decision, after, limit }: ReviewPage) {
  return await tx
    .select({
      row: importReviews.row,
      personId: importReviews.personId,
      proposed: importReviews.proposed,
      decision: importReviews.decision,
      registered,
    })
    .from(importReviews)
    .innerJoin(
      persons,
      and(eq(persons.countyCode, importReviews.countyCode), eq(persons.id, importReviews.personId)),
    )
    .where(
      and(ofImport(kept), gt(importReviews.row, after), decision && eq(importReviews.decision, decision)),
    )
    .orderBy(asc(importReviews.row))
    .limit(limit)
}

export type OpenReview = { row: number; proposed: Record<string, string | null> }

/** The rows that still await a decision, locked until it is made. */
export async function lockOpenReviews(
  tx: Transaction,
  kept: ImportRow,
  rows: readonly number[],
): Promise<OpenReview[]> {
  return await tx
    .select({ row: importReviews.row, proposed: importReviews.proposed })
    .from(importReviews)
    .where(and(ofImport(kept), inArray(importReviews.row, [...rows]), eq(importReviews.decision, 'open')))
    .orderBy(asc(importReviews.row))
    .for('update')
}

export async function closeReviews(
  tx: Transaction,
  kept: ImportRow,
  rows: readonly number[],
  decided: { decision: 'overwritten' | 'skipped'; decidedBy: string; decidedAt: Date; reason: string | null },
): Promise<void> {
  await tx
    .update(importReviews)
    .set(decided)
    .where(and(ofImport(kept), inArray(importReviews.row, [...rows])))
  await tx
    .update(imports)
    .set({ rowsForReview: sql`greatest(${imports.rowsForReview} - ${rows.length}, 0)` })
    .where(and(eq(imports.countyCode, kept.countyCode), eq(imports.id, kept.id)))
}

export type NameOfRow = {
  row: number
  pinyin: string | null
  initials: string | null
  readings: string | null
}

/** Lays the decided rows out as proposals, compared with the register as it is now. */
export async function proposeReviewed(
  tx: Transaction,
  { countyCode, id }: ImportRow,
  names: readonly NameOfRow[],
): Promise<void> {
  await tx.client.query(
    `insert into proposals
     select r.row, r.person_id, r.proposed, (
         select jsonb_object_agg(field.key, case field.key
           when 'name' then p.name when 'sex' then p.sex when 'birthDate' then p.birth_date::text when 'birthDatePrecision' then p.birth_date_precision
           when 'ethnicity' then p.ethnicity when 'education' then p.education when 'maritalStatus' then p.marital_status
           when 'hukouDivision' then p.hukou_division when 'hukouType' then p.hukou_type when 'residenceDivision' then p.residence_division
           when 'residenceStatus' then p.residence_status when 'residenceSince' then p.residence_since::text when 'phone' then p.phone_mask
           when 'address' then p.address end)
         from jsonb_each(r.proposed) as field),
       n.pinyin, n.initials, n.readings, r.phone_cipher, r.phone_hash, p.version
     from unnest($3::int[], $4::text[], $5::text[], $6::text[]) as n (row, pinyin, initials, readings)
     join import_reviews r on r.county_code = $1 and r.import_id = $2 and r.row = n.row
     join persons p on p.county_code = $1 and p.id = r.person_id and p.status <> 'MERGED'
     on conflict do nothing`,
    [
      countyCode,
      id,
      names.map(({ row }) => row),
      names.map(({ pinyin }) => pinyin),
      names.map(({ initials }) => initials),
      names.map(({ readings }) => readings),
    ],
  )
}

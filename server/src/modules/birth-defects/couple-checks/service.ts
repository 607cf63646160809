import type { CheckParty } from '@youyu/shared/birth-defects/check-item-sets'
import type {
  AdviceSheet,
  CoupleCheck,
  CoupleCheckCorrection,
  CoupleCheckPreview,
  CoupleCheckRow,
  GivenCoupleCheck,
  listCoupleChecks,
} from '@youyu/shared/birth-defects/couple-checks'
import type { Id, Page } from '@youyu/shared/values'
import type { z } from 'zod'
import type { Access } from '../../../access/access.ts'
import { record } from '../../../audit/index.ts'
import type { Transaction } from '../../../database/connect.ts'
import { rehearsal } from '../../../database/rehearsal.ts'
import { reading, transaction } from '../../../database/transaction.ts'
import { keyIn, pageOf } from '../../../http/paging.ts'
import type { Office } from '../../../office.ts'
import { Refused } from '../../../refused.ts'
import { careDeed, careTransaction } from '../../contraception/index.ts'
import { shownCheck, shownCheckRow } from './check-row.ts'
import { findSetNamed } from './queries-sets.ts'
import { findCheck, selectChecks, selectParties } from './queries.ts'
import { correctCheckIn, recordCheckIn, voidCheckIn } from './recording.ts'
import { unusualOf } from './rules.ts'
import { shownSet } from './sets.ts'

type Listing = z.output<(typeof listCoupleChecks)['schema']['querystring']>

const peopleOf = ({ woman, man }: Pick<CoupleCheckRow, 'woman' | 'man'>): Id[] =>
  [woman?.id, man?.id].filter((id): id is Id => id !== undefined)

export async function listAll(
  office: Office,
  access: Access,
  { limit, cursor, ...question }: Listing,
): Promise<Page<CoupleCheckRow>> {
  const after = keyIn(cursor, ['string', 'string'])
  const rows = await reading(office.db, access, (tx) =>
    selectChecks(tx, access, { ...question, after, limit: limit + 1 }),
  )
  const page = pageOf(rows, limit, shownCheckRow, (row) => [row.occurredOn, row.id])
  for (const id of new Set(page.items.flatMap(peopleOf)))
    office.views.note(access, careDeed(office, id, 'view', 'couple-check', { fields: ['list'] }))
  return page
}

async function told(tx: Transaction, office: Office, access: Access, id: Id): Promise<CoupleCheck> {
  const [check, parties] = await Promise.all([findCheck(tx, access, id), selectParties(tx, access, id)])
  if (!check) throw new Refused('not-found')
  return shownCheck(office, access, check, parties)
}

async function seen(tx: Transaction, office: Office, access: Access, check: CoupleCheck): Promise<void> {
  for (const id of peopleOf(check))
    await record(tx, access, careDeed(office, id, 'view', 'couple-check'), office.now())
}

/** One check; that it was read is written with it. */
export async function readCheck(office: Office, access: Access, id: Id): Promise<CoupleCheck> {
  return await transaction(office.db, access, async (tx) => {
    const check = await told(tx, office, access, id)
    await seen(tx, office, access, check)
    return check
  })
}

export async function previewCheck(
  office: Office,
  access: Access,
  body: GivenCoupleCheck,
): Promise<CoupleCheckPreview> {
  return await rehearsal(office.db, access, async (tx) => {
    const id = await recordCheckIn(tx, office, access, body, office.now())
    return { before: null, after: await told(tx, office, access, id) }
  })
}

export async function enterCheck(
  office: Office,
  access: Access,
  body: GivenCoupleCheck,
): Promise<CoupleCheck> {
  const at = office.now()
  return await careTransaction(office, access, async (tx) => {
    const id = await recordCheckIn(tx, office, access, body, at)
    return await told(tx, office, access, id)
  })
}

export async function previewCorrection(
  office: Office,
  access: Access,
  id: Id,
  body: CoupleCheckCorrection,
): Promise<CoupleCheckPreview> {
  return await rehearsal(office.db, access, async (tx) => {
    const before = await told(tx, office, access, id)
    const corrected = await correctCheckIn(tx, office, access, id, body, office.now())
    return { before, after: await told(tx, office, access, corrected) }
  })
}

export async function setRight(
  office: Office,
  access: Access,
  id: Id,
  body: CoupleCheckCorrection,
): Promise<CoupleCheck> {
  const at = office.now()
  return await careTransaction(office, access, async (tx) => {
    const corrected = await correctCheckIn(tx, office, access, id, body, at)
    return await told(tx, office, access, corrected)
  })
}

export async function takeBack(office: Office, access: Access, id: Id, reason: string): Promise<CoupleCheck> {
  const at = office.now()
  return await careTransaction(office, access, async (tx) => {
    await voidCheckIn(tx, office, access, id, reason, at)
    return await told(tx, office, access, id)
  })
}

/** What goes home with them: the reasons and the advice of the rules that the check was judged by. */
export async function readAdviceSheet(office: Office, access: Access, id: Id): Promise<AdviceSheet> {
  return await transaction(office.db, access, async (tx) => {
    const check = await told(tx, office, access, id)
    const kept = await findCheck(tx, access, id)
    const set = await findSetNamed(tx, check.kind, kept!.setOwner, check.setVersion)
    if (!set) throw new Refused('not-found')
    await seen(tx, office, access, check)
    const { rules, ...shown } = shownSet(set)
    const unusual = (party: CheckParty) =>
      unusualOf(set.elements, check[party === 'HER' ? 'her' : 'him']?.results ?? {}).map((element) => ({
        party,
        element,
      }))
    return {
      check,
      set: shown,
      facility: check.facilityName,
      reasons: rules
        .filter(({ code }) => check.reasons.includes(code))
        .map(({ code, reasonZh, reasonEn, adviceZh, adviceEn }) => ({
          ...{ code, reasonZh, reasonEn, adviceZh, adviceEn },
        })),
      unusual: [...unusual('HER'), ...unusual('HIM')],
    }
  })
}

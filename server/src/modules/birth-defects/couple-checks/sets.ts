import { CheckKind } from '@youyu/shared/birth-defects/check-item-sets'
import type {
  CheckItemSet,
  CheckItemSetRow,
  NewCheckItemSet,
} from '@youyu/shared/birth-defects/check-item-sets'
import type { CivilDate } from '@youyu/shared/values'
import type { Access } from '../../../access/access.ts'
import { record } from '../../../audit/index.ts'
import type { Asking } from '../../../database/connect.ts'
import { citation } from '../../../citation.ts'
import { reading, transaction } from '../../../database/transaction.ts'
import { todayOf, type Office } from '../../../office.ts'
import { Refused } from '../../../refused.ts'
import { findSet, findSetNamed, insertSet, selectSets, type KeptSet } from './queries-sets.ts'
import { setFaults } from './rules.ts'

export function shownSet({ owner, recordedAt, rules, ...set }: KeptSet): CheckItemSet {
  return {
    ...{ ...set, ...citation(set.source), isOwn: owner !== 0, recordedAt: recordedAt.toISOString() },
    // A county's own version keeps them apart already.
    rules: rules.map((rule) => {
      const { source, evidence } = citation(rule.source)
      return { ...rule, source, evidence: rule.evidence ?? evidence }
    }),
  }
}

export async function setInForce(
  tx: Asking,
  access: Access,
  code: CheckKind,
  on: CivilDate,
): Promise<KeptSet> {
  const set = await findSet(tx, access, code, on)
  if (!set) throw new Refused('not-found')
  return set
}

export async function readSet(
  office: Office,
  access: Access,
  code: CheckKind,
  {
    on,
    version,
    given,
  }: { on?: CivilDate | undefined; version?: number | undefined; given?: boolean | undefined },
): Promise<CheckItemSet> {
  const day = on ?? todayOf(office.now())
  return await reading(office.db, access, async (tx) => {
    if (version === undefined) return shownSet(await setInForce(tx, access, code, day))
    const named = await findSetNamed(tx, code, given ? 0 : access.county, version)
    if (!named) throw new Refused('not-found')
    return shownSet(named)
  })
}

export async function listSets(office: Office, access: Access): Promise<{ items: CheckItemSetRow[] }> {
  const today = todayOf(office.now())
  const sets = await reading(office.db, access, (tx) => selectSets(tx, access))
  // As a check of today finds its set: of each kind the first that holds, and else the one that was given.
  const inForce = new Set(
    CheckKind.options.map((code) =>
      sets.find((set) => set.code === code && (set.effectiveFrom <= today || set.owner === 0)),
    ),
  )
  const items = sets.map(({ owner, recordedAt, ...set }, index) => ({
    ...{ ...set, ...citation(set.source) },
    isOwn: owner !== 0,
    isInForce: inForce.has(sets[index]),
    recordedAt: recordedAt.toISOString(),
  }))
  return { items }
}

export async function addSet(
  office: Office,
  access: Access,
  code: CheckKind,
  body: NewCheckItemSet,
): Promise<CheckItemSet> {
  const at = office.now()
  if (access.county === 0) throw new Refused('out-of-area')
  const faults = setFaults(body)
  if (faults.length > 0) throw new Refused('invalid-request', { errors: faults })
  return await transaction(office.db, access, async (tx) => {
    await insertSet(tx, access, code, body, at)
    await record(tx, access, { action: 'create', entity: 'check-item-set', reason: body.reason }, at)
    return shownSet(await setInForce(tx, access, code, body.effectiveFrom))
  })
}

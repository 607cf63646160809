import type { TestOffice } from './office.ts'

export type EntitlementRecords = { beneficiary: string; eventEntitlement: string; overpayment: string }

export const entitlementNouns = {
  beneficiaries: 'beneficiary',
  'event-entitlements': 'eventEntitlement',
  overpayments: 'overpayment',
} as const

/** A beneficiary, a one-off benefit and an overpayment that was found. */
export async function entitlementOf(
  office: TestOffice,
  { person, prefix, village }: { person: string; prefix: string; village: string },
): Promise<EntitlementRecords> {
  const [made] = await office.sql<EntitlementRecords>(
    `with beneficiary as (
       insert into beneficiaries (county_code, id, programme, version_id, person_id, payee_id, level, confirmed_on, from_month, state,
         division_code, updated_at, version, recorded_at)
       select $1::int, gen_random_uuid(), 'P01', t.version_id, $2::uuid, $2, '', '2026-01-05', '2026-01-01', 'ACTIVE', $3::text, now(), 1, now()
       from app.programme_terms($1, '2026-01-05') t where t.code = 'P01' returning id
     ), event as (
       insert into event_entitlements (county_code, id, programme, person_id, payee_id, amount_fen, occurred_on, ground_type, ground_id, basis,
         level, division_code, recorded_at)
       values ($1, gen_random_uuid(), 'P07', $2, $2, 100, '2026-01-05', 'TEST', gen_random_uuid(), '{}', '', $3, now()) returning id
     ), over as (
       insert into overpayments (county_code, id, number, beneficiary_id, programme, person_id, payee_id, division_code, cause, amount_fen,
         returned_fen, written_off_fen, state, identified_on, is_reported, updated_at, version, recorded_at)
       select $1, gen_random_uuid(), 'M-' || $1, b.id, 'P01', $2, $2, $3, 'OTHER', 100, 0, 0, 'IDENTIFIED', '2026-01-05', false, now(), 1, now()
       from beneficiary b returning id
     )
     select b.id as beneficiary, e.id as "eventEntitlement", o.id as overpayment from beneficiary b, event e, over o`,
    [Number(prefix), person, village],
  )
  return made!
}

const document = '文件 1 号'
const on = '2026-02-01'
const month = '2026-02-01'

export const entitlementBodies: Record<string, (records: { otherPerson: string }) => unknown> = {
  suspendBeneficiary: () => ({ fromMonth: month, reason: 'NOT_VERIFIED' }),
  resumeBeneficiary: () => ({ document }),
  stopBeneficiary: () => ({ lastMonth: month, reason: 'WITHDRAWN', document }),
  reinstateBeneficiary: () => ({ document }),
  changeLevel: () => ({ level: 'A_DEATH', fromMonth: month, document }),
  claimForEstate: ({ otherPerson }) => ({ payeeId: otherPerson, relation: '儿子', document }),
  changePayee: ({ otherPerson }) => ({ payeeId: otherPerson, ground: '监护', document }),
  transferBeneficiary: () => ({ toCounty: 110101, lastMonth: month, document }),
  answerBeneficiaryTransfer: () => ({ accept: false, document }),
  voidEventEntitlement: () => ({ reason: '依据不成立' }),
  runEntitlements: () => ({ programme: 'P17', cause: '核对' }),
  notifyOverpayment: () => ({ on, document }),
  replyToOverpayment: () => ({ on, text: '愿意退回' }),
  decideOverpayment: () => ({ decision: 'WITHDRAW', on, decisionNumber: document, reason: '金额很小' }),
  settleOverpayment: () => ({ manner: 'VOLUNTARY_RETURN' }),
  returnOverpayment: () => ({ on, amountFen: 1, document }),
  proposeWriteOff: () => ({ reason: '无法追回' }),
  approveWriteOffInOffice: () => ({ approve: false, document }),
  approveWriteOffInFinance: () => ({ approve: false, document }),
  reportOverpayment: () => ({ on, document }),
}

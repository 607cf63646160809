import { z } from 'zod'
import { defineEndpoint } from '../endpoint.ts'
import { CivilDate, DivisionCode, Id, Instant, Page, PageQuery, Purpose, QueryFlag, Text } from '../values.ts'
import { PayeeKind } from './payment-values.ts'

const tags = ['payment-accounts'] as [string]
const params = z.strictObject({ id: Id })

export const AccountState = z.enum(['UNVERIFIED', 'ACTIVE', 'HELD', 'CLOSED'])
export type AccountState = z.infer<typeof AccountState>
export const accountStates: Record<AccountState, readonly [string, string]> = {
  UNVERIFIED: ['待核验', 'Not verified yet'],
  ACTIVE: ['可发放', 'In use'],
  HELD: ['冻结待查', 'Held'],
  CLOSED: ['已停用', 'Closed'],
}

export const VersionState = z.enum(['PROPOSED', 'VERIFIED', 'REFUSED', 'SUPERSEDED'])
export type VersionState = z.infer<typeof VersionState>
export const versionStates: Record<VersionState, readonly [string, string]> = {
  PROPOSED: ['待复核', 'To be checked by another'],
  VERIFIED: ['已核验', 'Verified'],
  REFUSED: ['未通过', 'Refused'],
  SUPERSEDED: ['已更换', 'Replaced'],
}

export const CardType = z.enum(['BANK_CARD', 'SOCIAL_SECURITY_CARD', 'PASSBOOK', 'CORPORATE'])
export type CardType = z.infer<typeof CardType>
export const cardTypes: Record<CardType, readonly [string, string]> = {
  BANK_CARD: ['银行卡', 'Bank card'],
  SOCIAL_SECURITY_CARD: ['社会保障卡', 'Social security card'],
  PASSBOOK: ['存折（一本通）', 'Passbook'],
  CORPORATE: ['对公账户', 'Account of an institution'],
}

/** How the person who asks was known, and how the account was checked. */
export const IdentityCheck = z.enum(['ID_CARD_SEEN', 'AGENT_AUTHORISED', 'HOME_VISIT', 'BANK_LIST'])
export type IdentityCheck = z.infer<typeof IdentityCheck>
export const identityChecks: Record<IdentityCheck, readonly [string, string]> = {
  ID_CARD_SEEN: ['本人持身份证办理', 'In person, identity card seen'],
  AGENT_AUTHORISED: ['代办，有授权书', 'By an authorised agent'],
  HOME_VISIT: ['上门办理', 'At home'],
  BANK_LIST: ['银行批量开户名单', 'List of accounts from the bank'],
}
export const Verification = z.enum(['CARD_SEEN', 'BANK_CONFIRMED', 'CALLED_BACK'])
export type Verification = z.infer<typeof Verification>
export const verifications: Record<Verification, readonly [string, string]> = {
  CARD_SEEN: ['核对卡折原件', 'Card or passbook seen'],
  BANK_CONFIRMED: ['银行核验户名一致', 'Confirmed by the bank'],
  CALLED_BACK: ['电话回访本人', 'The person was called back'],
}

export const AlertKind = z.enum([
  'SHARED_NUMBER',
  'CHANGED_AFTER_FREEZE',
  'MANY_BY_ONE_OFFICER',
  'CHANGED_TWICE_A_MONTH',
])
export type AlertKind = z.infer<typeof AlertKind>
export const alertKinds: Record<AlertKind, readonly [string, string]> = {
  SHARED_NUMBER: ['同一账号登记在多人名下', 'Several people have the same number'],
  CHANGED_AFTER_FREEZE: ['名册锁定后改账户', 'Changed after the roster was frozen'],
  MANY_BY_ONE_OFFICER: ['同一经办人一日内大量改账户', 'Many changes by one officer in a day'],
  CHANGED_TWICE_A_MONTH: ['一月内两次改账户', 'Changed twice within a month'],
}

/** Digits of cards and passbooks; the check digit of a card is the linter’s business, not a refusal. */
export const AccountNumber = z
  .string()
  .transform((text) => text.replace(/[\s-]/g, ''))
  .pipe(z.string().regex(/^\d{8,32}$/))

export const NewAccount = z.strictObject({
  bankName: Text(60),
  number: AccountNumber,
  holderName: Text(60),
  cardType: CardType,
  identityCheck: IdentityCheck,
  requestedOn: CivilDate.optional(),
})
export type NewAccount = z.output<typeof NewAccount>

export const AccountVersion = z.object({
  version: z.int(),
  state: VersionState,
  bankName: z.string(),
  /** Last four digits only. */
  numberMask: z.string(),
  holderName: z.string(),
  cardType: CardType,
  identityCheck: IdentityCheck,
  requestedOn: CivilDate,
  reason: z.string().nullable(),
  proposedBy: z.string(),
  proposedAt: Instant,
  /** Whether the reader proposed it herself, and so cannot check it. */
  isMine: z.boolean(),
  decidedBy: z.string().nullable(),
  decidedAt: Instant.nullable(),
  verification: Verification.nullable(),
  note: z.string().nullable(),
})
export type AccountVersion = z.infer<typeof AccountVersion>

export const AccountAlert = z.object({
  id: Id,
  kind: AlertKind,
  accountId: Id,
  payeeName: z.string(),
  numberMask: z.string(),
  foundAt: Instant,
  /** Who made the change that was noticed. */
  madeBy: z.string().nullable(),
  resolvedAt: Instant.nullable(),
  resolvedBy: z.string().nullable(),
  resolution: z.string().nullable(),
})
export type AccountAlert = z.infer<typeof AccountAlert>

export const PaymentAccount = z.object({
  id: Id,
  payeeKind: PayeeKind,
  payeeId: Id,
  payeeName: z.string(),
  divisionCode: DivisionCode,
  state: AccountState,
  heldReason: z.string().nullable(),
  /** The verified version that is paid to; 0 while there is none. */
  currentVersion: z.int(),
  /** Of the record, for If-Match. */
  version: z.int(),
  versions: z.array(AccountVersion),
  alerts: z.array(AccountAlert),
})
export type PaymentAccount = z.infer<typeof PaymentAccount>

export const AccountRow = PaymentAccount.pick({
  id: true,
  payeeKind: true,
  payeeId: true,
  payeeName: true,
  divisionCode: true,
  state: true,
  currentVersion: true,
}).extend({
  bankName: z.string(),
  numberMask: z.string(),
  hasProposal: z.boolean(),
  openAlerts: z.int(),
})
export type AccountRow = z.infer<typeof AccountRow>

/** The account of one payee, as whoever works on her application sees it (numbers masked). */
export const getAccountOfPayee = defineEndpoint({
  method: 'GET',
  url: '/api/v1/payees/:id/account',
  schema: {
    summary: 'The account a payee is paid to, with its versions; 404 while she has none',
    tags,
    params,
    response: { 200: PaymentAccount },
  },
  config: { permission: 'application.read', dataClass: 'L2' },
})

export const openAccount = defineEndpoint({
  method: 'POST',
  url: '/api/v1/payees/:id/account',
  schema: {
    summary: 'Record the account that the payee names; another officer verifies it',
    tags,
    params,
    body: NewAccount,
    response: { 201: PaymentAccount },
  },
  config: { permission: 'application.file', dataClass: 'L2', idempotent: true },
})

export const changeAccount = defineEndpoint({
  method: 'POST',
  url: '/api/v1/payees/:id/account/changes',
  schema: {
    summary: 'Another account, at the payee’s request; paid to from the next batch after it is verified',
    tags,
    params,
    body: NewAccount.extend({ reason: Text(200) }),
    response: { 201: PaymentAccount },
  },
  config: { permission: 'application.file', dataClass: 'L2', idempotent: true, conditional: true },
})

export const decideAccount = defineEndpoint({
  method: 'POST',
  url: '/api/v1/payees/:id/account/decisions',
  schema: {
    summary: 'Verify or refuse the proposed account; never by whoever proposed it',
    tags,
    params,
    body: z.discriminatedUnion('decision', [
      z.strictObject({
        decision: z.literal('VERIFIED'),
        verification: Verification,
        note: Text(200).optional(),
      }),
      z.strictObject({ decision: z.literal('REFUSED'), note: Text(200) }),
    ]),
    response: { 201: PaymentAccount },
  },
  config: { permission: 'beneficiary.manage', dataClass: 'L2', idempotent: true, conditional: true },
})

export const listAccounts = defineEndpoint({
  method: 'GET',
  url: '/api/v1/payment-accounts',
  schema: {
    summary: 'Accounts of the county',
    tags,
    querystring: z.strictObject({
      ...PageQuery,
      state: AccountState.optional(),
      division: DivisionCode.optional(),
      hasAlert: QueryFlag.optional(),
      hasProposal: QueryFlag.optional(),
    }),
    response: { 200: Page(AccountRow) },
  },
  config: { permission: 'payment.read', dataClass: 'L2' },
})

export const getAccount = defineEndpoint({
  method: 'GET',
  url: '/api/v1/payment-accounts/:id',
  schema: { summary: 'One account with its versions', tags, params, response: { 200: PaymentAccount } },
  config: { permission: 'payment.read', dataClass: 'L2' },
})

export const revealAccount = defineEndpoint({
  method: 'POST',
  url: '/api/v1/payment-accounts/:id/reveal',
  schema: {
    summary: 'The full number for a stated purpose; recorded',
    tags,
    params,
    body: z.strictObject({ version: z.int().min(1), purpose: Purpose, reason: Text(200) }),
    response: { 200: z.object({ number: z.string(), expiresAt: Instant }) },
  },
  config: { permission: 'payment.read', dataClass: 'L3' },
})

export const holdAccount = defineEndpoint({
  method: 'POST',
  url: '/api/v1/payment-accounts/:id/hold',
  schema: {
    summary: 'Pay nothing to this account until it is looked into',
    tags,
    params,
    body: z.strictObject({ reason: Text(200) }),
    response: { 201: PaymentAccount },
  },
  config: { permission: 'payment.read', dataClass: 'L2', idempotent: true, conditional: true },
})

export const releaseAccount = defineEndpoint({
  method: 'POST',
  url: '/api/v1/payment-accounts/:id/release',
  schema: {
    summary: 'Pay to it again; by the checker of payments',
    tags,
    params,
    body: z.strictObject({ reason: Text(200) }),
    response: { 201: PaymentAccount },
  },
  config: { permission: 'payment.approve', dataClass: 'L2', idempotent: true, conditional: true },
})

export const listAccountAlerts = defineEndpoint({
  method: 'GET',
  url: '/api/v1/payment-account-alerts',
  schema: {
    summary: 'Changes of accounts that want looking into',
    tags,
    querystring: z.strictObject({ ...PageQuery, isOpen: QueryFlag.optional(), kind: AlertKind.optional() }),
    response: { 200: Page(AccountAlert) },
  },
  config: { permission: 'payment.read', dataClass: 'L2' },
})

export const resolveAccountAlert = defineEndpoint({
  method: 'POST',
  url: '/api/v1/payment-account-alerts/:id/resolution',
  schema: {
    summary: 'What was found out; by the checker of payments',
    tags,
    params,
    body: z.strictObject({ resolution: Text(300) }),
    response: { 201: AccountAlert },
  },
  config: { permission: 'payment.approve', dataClass: 'L2', idempotent: true },
})

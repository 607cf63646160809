import { z } from 'zod'
import { roleNames } from './role-names.ts'
import type { DataClass, Purpose } from './values.ts'

export const Permission = z.enum([
  'account.read',
  'account.manage',
  'grant.give',
  'client.manage',
  'audit.read',
  'division.read',
  'division.manage',
  'organisation.read',
  'organisation.manage',
  'overview.read',
  'person.read',
  'person.create',
  'person.correct',
  'person.merge',
  'person.reveal',
  'person.viewers',
  'household.read',
  'household.change',
  'import.run',
  'export.request',
  'export.approve',
  'birth.record',
  'event.read',
  'event.record',
  'event.correct',
  'cause.read',
  'pregnancy.read',
  'pregnancy.record',
  'registration.read',
  'registration.file',
  'childcare.read',
  'childcare.manage',
  'book.read',
  'book.sign',
  'indicator.read',
  'care.read',
  'care.record',
  'care.override',
  'care.report',
  'care.review',
  'care.lab',
  'care-rule.read',
  'care-rule.manage',
  'care-statistics.read',
  'offer.read',
  'offer.record',
  'check-up.read',
  'check-up.plan',
  'supply.read',
  'supply.keep',
  'supply.approve',
  'supply.dispense',
  'outreach.read',
  'outreach.record',
  'programme.read',
  'programme.manage',
  'simulation.run',
  'circumstance.read',
  'circumstance.record',
  'application.read',
  'application.file',
  'application.opine',
  'application.review',
  'application.confirm',
  'application.approve',
  'notice.manage',
  'beneficiary.read',
  'beneficiary.manage',
  'payment.read',
  'payment.make',
  'payment.approve',
  'bank.exchange',
  'ledger.read',
  'ledger.post',
  'family.read',
  'family.support',
  'insurance.claim',
  'claim.check',
  'subsidy-statistics.read',
])
export type Permission = z.infer<typeof Permission>

export const Module = z.enum([
  'platform',
  'population',
  'contraception',
  'birth-defects',
  'subsidies',
  'exchange',
  'assessment',
])
export type Module = z.infer<typeof Module>

/** The module whose grants a permission needs. */
export function moduleOf(permission: Permission): Module {
  if (/^(care|care-rule|care-statistics|offer|check-up|supply|outreach)\./.test(permission))
    return 'contraception'
  if (
    /^(programme|simulation|circumstance|application|notice|beneficiary|payment|bank|ledger|family|insurance|claim|subsidy-statistics)\./.test(
      permission,
    )
  )
    return 'subsidies'
  return /^(person|household|import|export|overview|birth|event|cause|pregnancy|registration|childcare|book|indicator)\./.test(
    permission,
  )
    ? 'population'
    : 'platform'
}

/** Whether it opens records of care (L4): only to members of the facility that treats. */
export function isOfCare(permission: Permission | 'signed-in'): boolean {
  return permission.startsWith('care.')
}

export const Role = z.enum(Object.keys(roleNames) as [keyof typeof roleNames, ...(keyof typeof roleNames)[]])
export type Role = z.infer<typeof Role>

/** Division levels 0 (platform) … 5 (village) at which a role may be granted. */
type RoleDefinition = {
  zh: string
  en: string
  levels: readonly number[]
  permissions: readonly Permission[]
  /** Classes shown without a mask; L3 always needs a reveal. */
  clearance: DataClass
  purposes: readonly Purpose[]
  /** Roles that a holder may give inside her own area. */
  mayGive: readonly Role[]
  secondFactor: boolean
}

const signedIn = ['division.read', 'organisation.read'] as const
const figures = [...signedIn, 'overview.read', 'indicator.read', 'childcare.read'] as const
/** Counts of care are read by whoever answers for a whole county: below it they would tell of persons (E8). */
const statistician = [...figures, 'care-statistics.read', 'subsidy-statistics.read'] as const
const reader = [...figures, 'person.read', 'household.read', 'event.read'] as const
const recorder = [
  ...reader,
  'person.create',
  'person.correct',
  'household.change',
  'birth.record',
  'event.record',
  'registration.read',
  'registration.file',
  'book.read',
  'book.sign',
] as const
const clerk = [...recorder, 'person.reveal', 'event.correct'] as const
/** Pregnancy belongs to care: who treats finds the woman and reads it, the bureau sees counts (E8). */
const carer = [...signedIn, 'person.read', 'pregnancy.read', 'pregnancy.record', 'birth.record'] as const
/** What offers and outlets need of whoever works near people: who asked for a service, never which method (E8). */
const neighbour = ['offer.read', 'offer.record', 'check-up.read', 'supply.read', 'supply.dispense'] as const
const clinician = [
  ...carer,
  ...neighbour,
  'cause.read',
  'care.read',
  'care.record',
  'care.report',
  'care-rule.read',
  'outreach.read',
  'outreach.record',
] as const

/** Who takes part in a benefit sees what it promises and how a case stands. */
const benefits = ['programme.read', 'application.read', 'beneficiary.read', 'circumstance.read'] as const
/** Who answers for benefits in a county. */
const benefitOffice = [
  ...benefits,
  'programme.manage',
  'simulation.run',
  'application.confirm',
  'notice.manage',
  'payment.read',
  'ledger.read',
  'family.read',
  'subsidy-statistics.read',
] as const

const below: readonly Role[] = [
  'township_worker',
  'village_worker',
  'support_contact',
  'station_clinician',
  'chief_clinician',
  'pharmacist',
]

/** The role table of domain §2.3, as far as modules exist. */
const definitions: Record<Role, Omit<RoleDefinition, 'zh' | 'en'>> = {
  sys_admin: {
    levels: [0, 1, 2, 3],
    permissions: [
      ...signedIn,
      'account.read',
      'account.manage',
      'grant.give',
      'client.manage',
      'division.manage',
      'organisation.manage',
    ],
    clearance: 'L1',
    purposes: [],
    mayGive: Role.options,
    secondFactor: true,
  },
  security_auditor: {
    levels: [0, 1, 2, 3],
    permissions: [...signedIn, 'account.read', 'audit.read'],
    clearance: 'L1',
    purposes: ['AUDIT'],
    mayGive: [],
    secondFactor: true,
  },
  province_viewer: {
    levels: [1],
    permissions: statistician,
    clearance: 'L0',
    purposes: ['STATISTICS'],
    mayGive: [],
    secondFactor: false,
  },
  city_viewer: {
    levels: [2],
    permissions: [...statistician, 'programme.read', 'application.read', 'application.approve'],
    clearance: 'L0',
    purposes: ['STATISTICS'],
    mayGive: [],
    secondFactor: false,
  },
  county_manager: {
    levels: [3],
    permissions: [
      ...reader,
      'care-statistics.read',
      'person.reveal',
      'person.viewers',
      'account.read',
      'grant.give',
      'export.request',
      'export.approve',
      'registration.read',
      'book.read',
      'book.sign',
      ...benefitOffice,
    ],
    clearance: 'L2',
    purposes: ['REGISTER', 'SERVICE', 'BENEFIT', 'STATISTICS'],
    mayGive: [
      'county_population',
      'county_mch',
      'county_subsidy',
      'county_finance',
      'county_assess',
      'data_steward',
      'supervisor',
      ...below,
    ],
    secondFactor: false,
  },
  county_population: {
    levels: [3],
    permissions: [
      ...clerk,
      'person.merge',
      'person.viewers',
      'division.manage',
      'organisation.manage',
      'childcare.manage',
      'import.run',
      'export.request',
    ],
    clearance: 'L2',
    purposes: ['REGISTER', 'STATISTICS'],
    mayGive: below,
    secondFactor: false,
  },
  county_mch: {
    levels: [3],
    permissions: [
      ...reader,
      'care.review',
      'care-statistics.read',
      'import.run',
      'care-rule.read',
      'care-rule.manage',
      'check-up.read',
      'check-up.plan',
      'outreach.read',
      'supply.read',
      'supply.approve',
    ],
    clearance: 'L2',
    purposes: ['SERVICE', 'SURVEILLANCE'],
    mayGive: [],
    secondFactor: false,
  },
  county_subsidy: {
    levels: [3],
    permissions: [
      ...reader,
      'person.reveal',
      ...benefitOffice,
      'circumstance.record',
      'import.run',
      'application.file',
      'beneficiary.manage',
      'payment.make',
      'family.support',
    ],
    clearance: 'L2',
    purposes: ['BENEFIT'],
    mayGive: [],
    secondFactor: true,
  },
  county_finance: {
    levels: [3],
    permissions: [
      ...statistician,
      'programme.read',
      'payment.read',
      'payment.approve',
      'ledger.read',
      'ledger.post',
    ],
    clearance: 'L2',
    purposes: ['PAYMENT'],
    mayGive: [],
    secondFactor: true,
  },
  county_assess: {
    levels: [3],
    permissions: statistician,
    clearance: 'L0',
    purposes: ['STATISTICS'],
    mayGive: [],
    secondFactor: false,
  },
  data_steward: {
    levels: [3, 4],
    permissions: [...clerk, 'person.merge', 'person.viewers', 'import.run', 'export.request'],
    clearance: 'L2',
    purposes: ['REGISTER'],
    mayGive: [],
    secondFactor: false,
  },
  township_worker: {
    levels: [4],
    permissions: [
      ...clerk,
      'import.run',
      'export.request',
      ...neighbour,
      'supply.keep',
      'outreach.read',
      ...benefits,
      'circumstance.record',
      'application.file',
      'application.review',
      'notice.manage',
      'beneficiary.manage',
      'family.read',
      'family.support',
    ],
    clearance: 'L2',
    purposes: ['REGISTER', 'SERVICE', 'BENEFIT'],
    mayGive: ['village_worker'],
    secondFactor: false,
  },
  village_worker: {
    levels: [5],
    permissions: [
      ...recorder,
      ...neighbour,
      'programme.read',
      'application.read',
      'application.file',
      'application.opine',
      'notice.manage',
      'family.support',
    ],
    clearance: 'L2',
    purposes: ['REGISTER', 'SERVICE'],
    mayGive: [],
    secondFactor: false,
  },
  station_clinician: {
    levels: [3, 4, 5],
    permissions: clinician,
    clearance: 'L4',
    purposes: ['SERVICE'],
    mayGive: [],
    secondFactor: false,
  },
  chief_clinician: {
    levels: [3, 4],
    permissions: [...clinician, 'care.override'],
    clearance: 'L4',
    purposes: ['SERVICE'],
    mayGive: [],
    secondFactor: false,
  },
  lab_user: {
    levels: [3, 4],
    permissions: [...signedIn, 'care.lab'],
    clearance: 'L4',
    purposes: ['SERVICE'],
    mayGive: [],
    secondFactor: false,
  },
  pharmacist: {
    levels: [3, 4, 5],
    permissions: [...signedIn, 'supply.read', 'supply.keep', 'supply.dispense'],
    clearance: 'L1',
    purposes: ['SERVICE'],
    mayGive: [],
    secondFactor: false,
  },
  midwifery_reporter: {
    levels: [3, 4],
    permissions: [...carer, 'care.report'],
    clearance: 'L1',
    purposes: ['SURVEILLANCE', 'SERVICE'],
    mayGive: [],
    secondFactor: false,
  },
  support_contact: {
    levels: [4, 5],
    permissions: [...signedIn, 'family.support'],
    clearance: 'L1',
    purposes: ['SERVICE'],
    mayGive: [],
    secondFactor: false,
  },
  insurer_user: {
    levels: [3],
    permissions: [...signedIn, 'insurance.claim'],
    clearance: 'L1',
    purposes: ['PAYMENT'],
    mayGive: [],
    secondFactor: false,
  },
  supervisor: {
    levels: [3],
    permissions: statistician,
    clearance: 'L0',
    purposes: ['STATISTICS'],
    mayGive: [],
    secondFactor: false,
  },
}

export const roles = Object.fromEntries(
  Role.options.map((role) => [
    role,
    { zh: roleNames[role][0], en: roleNames[role][1], ...definitions[role] },
  ]),
) as Record<Role, RoleDefinition>

/** Two roles that one person must not hold in overlapping areas (domain §2.3, separation of duties). */
export const separatedRoles: readonly (readonly [Role, Role])[] = [
  ['sys_admin', 'security_auditor'],
  ['county_subsidy', 'county_finance'],
  ['sys_admin', 'county_finance'],
  ['security_auditor', 'county_population'],
  ['security_auditor', 'county_manager'],
]

/** What a machine client may be allowed: the same permissions, written as OAuth scopes. */
export const ClientScope = Permission.exclude([
  'account.manage',
  'grant.give',
  'client.manage',
  'audit.read',
  'export.approve',
])
export type ClientScope = z.infer<typeof ClientScope>

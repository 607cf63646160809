import type { CardContent } from '@youyu/shared/birth-defects/defect-card'
import type {
  CardStatus,
  CardTier,
  DefectBasis,
  Exposure,
} from '@youyu/shared/birth-defects/defect-card-values'
import type { DefectCategory } from '@youyu/shared/birth-defects/defect-categories'
import type { CivilDate, DivisionCode, Id } from '@youyu/shared/values'
import type { Access } from '../../../access/access.ts'
import type { Transaction } from '../../../database/connect.ts'
import { ask, Bound, insertRow, pageLimit } from '../../../database/statements.ts'
import { within } from '../../population/index.ts'
import type { Deadlines } from '../defect-categories/index.ts'

const plain = [
  ...[
    'status',
    'edition',
    'card_number',
    'facility_id',
    'division_code',
    'chain_id',
    'mother_id',
    'child_id',
  ],
  ...['pregnancy_id', 'birth_id', 'proposed_from', 'mother_birth_date', 'mother_age', 'mother_ethnic'],
  ...[
    'residence_kind',
    'income_band',
    'education',
    'gravida',
    'para',
    'stillbirths',
    'spontaneous_abortions',
  ],
  ...['defect_children', 'has_family_history', 'is_consanguineous', 'born_on', 'born_at', 'gestation_days'],
  ...['weight_grams', 'plurality', 'sequence', 'zygosity', 'child_sex', 'outcome', 'is_induced', 'basis'],
  ...['diagnosed_when', 'diagnosed_on', 'diagnosed_gestation_days', 'categories', 'exposures'],
  ...['reporter_title', 'filled_on', 'words_cipher', 'missing_fields', 'submitted_on', 'makers'],
  ...[
    'hospital_reviewed_by',
    'county_reviewed_by',
    'county_reviewed_on',
    'returned_fields',
    'returned_from',
    'merged_into',
  ],
  ...[
    'window_hospital',
    'window_population',
    'window_extended',
    'is_timely',
    'is_complete',
    'recorded_at',
    'version',
  ],
]
const camel = (column: string) => column.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase())
const columns = [
  'c.id',
  ...plain.map((column) => `c.${column} as "${camel(column)}"`),
  'o.name as "facilityName"',
  `case when length(c.words_cipher) = 0 then (select w.name from app.client_of(c.county_code, c.mother_id) w) end as "registerName"`,
].join(', ')

export type CardRecord = {
  id: Id
  status: CardStatus
  edition: number
  cardNumber: string | null
  facilityId: Id
  facilityName: string
  divisionCode: DivisionCode
  chainId: Id | null
  motherId: Id | null
  childId: Id | null
  pregnancyId: Id | null
  birthId: Id | null
  proposedFrom: string | null
  motherBirthDate: CivilDate | null
  motherAge: number | null
  motherEthnic: string | null
  residenceKind: CardContent['mother']['residenceKind']
  incomeBand: CardContent['mother']['incomeBand']
  education: CardContent['mother']['education']
  gravida: number | null
  para: number | null
  stillbirths: number | null
  spontaneousAbortions: number | null
  defectChildren: number | null
  hasFamilyHistory: boolean | null
  isConsanguineous: boolean | null
  bornOn: CivilDate | null
  bornAt: string | null
  gestationDays: number | null
  weightGrams: number | null
  plurality: number | null
  sequence: number | null
  zygosity: CardContent['child']['zygosity']
  childSex: CardContent['child']['sex']
  outcome: CardContent['child']['outcome']
  isInduced: boolean | null
  basis: DefectBasis[]
  diagnosedWhen: CardContent['diagnosis']['when']
  diagnosedOn: CivilDate
  diagnosedGestationDays: number | null
  categories: DefectCategory[]
  exposures: Exposure[]
  reporterTitle: string | null
  filledOn: CivilDate
  wordsCipher: Buffer
  /** Of a card that was loaded without words: the mother by the register. */
  registerName: string | null
  missingFields: string[]
  submittedOn: CivilDate | null
  makers: Id[]
  hospitalReviewedBy: Id | null
  countyReviewedBy: Id | null
  countyReviewedOn: CivilDate | null
  returnedFields: string[]
  returnedFrom: CardTier | null
  mergedInto: Id | null
  windowHospital: boolean
  windowPopulation: boolean
  windowExtended: boolean
  isTimely: boolean | null
  isComplete: boolean
  recordedAt: Date
  version: number
  /** By when the next step is due. */
  dueOn: CivilDate | null
}

/** The first gate: the facility's own cards, or for a review those that were submitted in the area. */
function mayRead(bound: Bound, access: Access): string {
  const county = `c.county_code = ${bound.bind(access.county)} and c.voided_at is null`
  if (!access.reviews) return `${county} and c.facility_id = ${bound.bind(access.facility)}`
  return `${county} and c.submitted_at is not null and c.status <> 'DRAFT' and ${within(bound, 'c.facility_division', access.prefixes)}`
}

function dueOn(bound: Bound, deadlines: Deadlines): string {
  const after = (column: string, step: keyof Deadlines) =>
    `c.${column} + ${bound.bind(deadlines[step].days)}::integer`
  return `(case c.status when 'DRAFT' then ${after('diagnosed_on', 'CARD')} when 'RETURNED' then ${after('returned_on', 'CARD')}
    when 'SUBMITTED' then ${after('submitted_on', 'HOSPITAL_REVIEW')} when 'CORRECTED' then ${after('submitted_on', 'HOSPITAL_REVIEW')}
    when 'HOSPITAL_REVIEWED' then ${after('hospital_reviewed_on', 'COUNTY_REVIEW')}
    when 'COUNTY_REVIEWED' then ${after('county_reviewed_on', 'PROVINCE_REVIEW')}
    when 'PROVINCE_REVIEWED' then ${after('province_reviewed_on', 'CARD')} end)`
}

export type CardFilter = {
  status?: CardStatus | undefined
  category?: DefectCategory | undefined
  from?: CivilDate | undefined
  to?: CivilDate | undefined
  facilityId?: Id | undefined
  isOpen?: boolean | undefined
  ids?: readonly Id[]
}

/** Newest diagnosis first; a reviewer's by deadline. */
export async function selectCards(
  tx: Transaction,
  access: Access,
  filter: CardFilter,
  {
    after,
    limit,
    deadlines,
    byDeadline = false,
  }: {
    after: readonly [string, string] | null
    limit: number
    deadlines: Deadlines
    byDeadline?: boolean
  },
): Promise<CardRecord[]> {
  const bound = new Bound()
  const conditions = [mayRead(bound, access)]
  if (filter.status) conditions.push(`c.status = ${bound.bind(filter.status)}`)
  if (filter.category) conditions.push(`c.categories @> array[${bound.bind(filter.category)}::text]`)
  if (filter.from) conditions.push(`c.diagnosed_on >= ${bound.bind(filter.from)}`)
  if (filter.to) conditions.push(`c.diagnosed_on <= ${bound.bind(filter.to)}`)
  if (filter.facilityId) conditions.push(`c.facility_id = ${bound.bind(filter.facilityId)}`)
  if (filter.ids) conditions.push(`c.id = any(${bound.bind(filter.ids)})`)
  const closed = `c.status in ('FINAL', 'WITHDRAWN', 'MERGED')`
  if (filter.isOpen !== undefined) conditions.push(filter.isOpen ? `not ${closed}` : closed)
  const due = dueOn(bound, deadlines)
  const key = byDeadline ? `coalesce(${due}, date '9999-12-31')` : 'c.diagnosed_on'
  if (after)
    conditions.push(
      `(${key}, c.id) ${byDeadline ? '>' : '<'} (${bound.bind(after[0])}::date, ${bound.bind(after[1])}::uuid)`,
    )
  const direction = byDeadline ? '' : 'desc'
  const text = `select ${columns}, ${due} as "dueOn" from defect_cards c join organisations o on o.id = c.facility_id
    where ${conditions.join(' and ')} order by ${key} ${direction}, c.id ${direction} limit ${pageLimit(limit)}`
  return await ask(tx, text, bound.values)
}

export async function findCard(
  tx: Transaction,
  access: Access,
  id: Id,
  deadlines: Deadlines,
): Promise<CardRecord | undefined> {
  return (await selectCards(tx, access, { ids: [id] }, { after: null, limit: 1, deadlines }))[0]
}

export async function lockCard(tx: Transaction, access: Access, id: Id): Promise<void> {
  await ask(tx, 'select id from defect_cards where county_code = $1 and id = $2 for no key update', [
    access.county,
    id,
  ])
}

/** The organisation that fills the card, as long as it is in the county. */
export async function findFacility(
  tx: Transaction,
  access: Access,
): Promise<{ code: string; divisionCode: DivisionCode } | undefined> {
  const rows = await ask<{ code: string; divisionCode: DivisionCode }>(
    tx,
    `select code, division_code as "divisionCode" from organisations where id = $1 and left(division_code, 6) = $2`,
    [access.facility, String(access.county).padStart(6, '0')],
  )
  return rows[0]
}

export async function insertCard(
  tx: Transaction,
  access: Access,
  row: Readonly<Record<string, unknown>>,
): Promise<void> {
  await insertRow(tx, 'defect_cards', { countyCode: access.county, facilityId: access.facility, ...row })
}

/** Sets the columns named in camel case, and counts the version up. */
export async function updateCard(
  tx: Transaction,
  access: Access,
  id: Id,
  set: Readonly<Record<string, unknown>>,
  { at, maker = null }: { at: Date; maker?: Id | null },
): Promise<void> {
  const bound = new Bound()
  const assignments = Object.entries(set).map(
    ([field, value]) =>
      `${field.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)} = ${bound.bind(value)}`,
  )
  if (maker !== null)
    assignments.push(
      `makers = array(select distinct m from unnest(makers || ${bound.bind(maker)}::uuid) m order by m)`,
    )
  const text = `update defect_cards c set ${assignments.join(', ')}, updated_at = ${bound.bind(at)}, version = version + 1
    where c.id = ${bound.bind(id)} and ${mayRead(bound, access)}`
  await ask(tx, text, bound.values)
}

export async function nextCardNumber(
  tx: Transaction,
  access: Access,
  { code, year }: { code: string; year: number },
): Promise<string> {
  const [row] = await ask<{ lastNumber: number }>(
    tx,
    `insert into defect_card_numbers as n (county_code, facility_id, reporting_year, last_number) values ($1, $2, $3, 1)
     on conflict (county_code, facility_id, reporting_year) do update set last_number = n.last_number + 1
     returning last_number as "lastNumber"`,
    [access.county, access.facility, year],
  )
  return `${code}-${year}-${String(row!.lastNumber).padStart(4, '0')}`
}

export async function matchElsewhere(tx: Transaction, access: Access, id: Id, at: Date): Promise<void> {
  await ask(tx, 'select app.match_defect_cards($1, $2, $3)', [access.county, id, at])
}

import { sql } from 'drizzle-orm'
import {
  boolean,
  check,
  foreignKey,
  index,
  integer,
  pgTable,
  primaryKey,
  smallint,
  text,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core'
import {
  bytes,
  civilDate,
  countyCode,
  divisionCode,
  factColumns,
  id,
  instant,
  plainText,
} from '../../../database/columns.ts'
import { persons } from '../../population/persons/tables.ts'
import { chains } from '../chains/tables.ts'

const lateEnough = sql`(gestation_days >= 196 or (gestation_days is null and weight_grams >= 1000))`

/**
 * 出生缺陷儿登记卡 (L4, WS 377.6): codes, counts and days are plain, words are enciphered. The card holds its present edition;
 * what was submitted before is kept as versions.
 */
export const defectCards = pgTable(
  'defect_cards',
  {
    countyCode: countyCode(),
    id: id(),
    facilityId: uuid('facility_id').notNull(),
    /** Where the facility is: the area of whoever reviews. */
    facilityDivision: divisionCode('facility_division').notNull(),
    /** Where the mother lived; may lie in another county. */
    divisionCode: divisionCode('division_code').notNull(),
    cardNumber: plainText('card_number'),
    status: text('status').notNull(),
    edition: smallint('edition').notNull(),
    chainId: uuid('chain_id'),
    motherId: uuid('mother_id'),
    childId: uuid('child_id'),
    pregnancyId: uuid('pregnancy_id'),
    birthId: uuid('birth_id'),
    /** Whose proposal: a prenatal diagnosis or a screening of the newborn; null where a person filled the card. */
    proposedFrom: text('proposed_from'),

    motherBirthDate: civilDate('mother_birth_date'),
    motherAge: smallint('mother_age'),
    motherEthnic: text('mother_ethnic'),
    residenceKind: text('residence_kind'),
    incomeBand: text('income_band'),
    education: text('education'),
    gravida: smallint('gravida'),
    para: smallint('para'),
    stillbirths: smallint('stillbirths'),
    spontaneousAbortions: smallint('spontaneous_abortions'),
    defectChildren: smallint('defect_children'),
    hasFamilyHistory: boolean('has_family_history'),
    isConsanguineous: boolean('is_consanguineous'),

    /** The day of the birth, or of the end of the pregnancy; null while the pregnancy goes on. */
    bornOn: civilDate('born_on'),
    bornAt: text('born_at'),
    gestationDays: smallint('gestation_days'),
    weightGrams: smallint('weight_grams'),
    plurality: smallint('plurality'),
    sequence: smallint('sequence'),
    zygosity: text('zygosity'),
    /** Of a born child only (E7). */
    childSex: text('child_sex'),
    outcome: text('outcome'),
    isInduced: boolean('is_induced'),

    basis: text('basis').array().notNull(),
    diagnosedWhen: text('diagnosed_when'),
    diagnosedOn: civilDate('diagnosed_on').notNull(),
    diagnosedGestationDays: smallint('diagnosed_gestation_days'),
    /** Of the diagnoses, in order, each once. */
    categories: text('categories').array().notNull(),
    isFunctionalOnly: boolean('is_functional_only').notNull(),
    exposures: text('exposures').array().notNull(),
    reporterTitle: text('reporter_title'),
    filledOn: civilDate('filled_on').notNull(),

    /** Mother, address, numbers, history, exposures and reporter in words. */
    wordsCipher: bytes('words_cipher').notNull(),
    /** Keyed hashes: the mother; the child of the mother (duplicates); the two record numbers (audit). */
    motherHash: bytes('mother_hash'),
    matchHash: bytes('match_hash'),
    motherRecordHash: bytes('mother_record_hash'),
    childRecordHash: bytes('child_record_hash'),

    /** Elements of the card that are still empty, by name. */
    missingFields: text('missing_fields').array().notNull(),
    submittedAt: instant('submitted_at'),
    submittedOn: civilDate('submitted_on'),
    submittedBy: uuid('submitted_by'),
    /** The first submission: whether the card came in time does not depend on later rounds. */
    firstSubmittedOn: civilDate('first_submitted_on'),
    /** Whoever wrote in the card: none of them reviews it. */
    makers: uuid('makers').array().notNull(),
    hospitalReviewedBy: uuid('hospital_reviewed_by'),
    hospitalReviewedOn: civilDate('hospital_reviewed_on'),
    countyReviewedBy: uuid('county_reviewed_by'),
    countyReviewedOn: civilDate('county_reviewed_on'),
    provinceReviewedOn: civilDate('province_reviewed_on'),
    provinceDocument: text('province_document'),
    finalOn: civilDate('final_on'),
    returnedOn: civilDate('returned_on'),
    returnedFields: text('returned_fields').array().notNull(),
    returnedFrom: text('returned_from'),
    mergedInto: uuid('merged_into'),

    /** 监测期: 28 weeks (or 1000 g where unknown) to day 7, to day 42; any gestation to the first birthday. */
    windowHospital: boolean('window_hospital').generatedAlwaysAs(
      sql`coalesce(${lateEnough} and born_on is not null and diagnosed_on - born_on <= 7, false)`,
    ),
    windowPopulation: boolean('window_population').generatedAlwaysAs(
      sql`coalesce(${lateEnough} and born_on is not null and diagnosed_on - born_on <= 42, false)`,
    ),
    windowExtended: boolean('window_extended').generatedAlwaysAs(
      sql`coalesce(diagnosed_on < born_on + interval '1 year', false)`,
    ),
    /** Reported and standing; a draft, a withdrawn, merged or voided card is no case. */
    isCounted: boolean('is_counted').generatedAlwaysAs(
      sql`status not in ('DRAFT', 'WITHDRAWN', 'MERGED') and voided_at is null`,
    ),
    /** 及时: submitted within seven days of the diagnosis. */
    isTimely: boolean('is_timely').generatedAlwaysAs(sql`first_submitted_on - diagnosed_on <= 7`),
    isComplete: boolean('is_complete').generatedAlwaysAs(sql`missing_fields = '{}'`),
    ...factColumns(),
    updatedAt: instant('updated_at').notNull(),
    version: integer('version').notNull(),
  },
  (table) => [
    primaryKey({ name: 'defect_cards_pk', columns: [table.countyCode, table.id] }),
    foreignKey({
      name: 'defect_cards_mother',
      columns: [table.countyCode, table.motherId],
      foreignColumns: [persons.countyCode, persons.id],
    }),
    foreignKey({
      name: 'defect_cards_child',
      columns: [table.countyCode, table.childId],
      foreignColumns: [persons.countyCode, persons.id],
    }),
    foreignKey({
      name: 'defect_cards_chain',
      columns: [table.countyCode, table.chainId],
      foreignColumns: [chains.countyCode, chains.id],
    }),
    uniqueIndex('defect_cards_number')
      .on(table.countyCode, table.cardNumber)
      .where(sql`${table.cardNumber} is not null`),
    uniqueIndex('defect_cards_once')
      .on(table.countyCode, table.facilityId, table.matchHash)
      .where(
        sql`${table.matchHash} is not null and ${table.status} not in ('WITHDRAWN', 'MERGED') and ${table.voidedAt} is null`,
      ),
    index('defect_cards_by_facility').on(table.countyCode, table.facilityId, table.diagnosedOn, table.id),
    index('defect_cards_by_status').on(table.countyCode, table.status, table.submittedOn, table.id),
    index('defect_cards_by_birth').on(table.countyCode, table.bornOn),
    index('defect_cards_by_mother').on(table.countyCode, table.motherId),
    index('defect_cards_by_child').on(table.countyCode, table.childId),
    index('defect_cards_by_chain').on(table.countyCode, table.chainId),
    index('defect_cards_by_match').on(table.countyCode, table.matchHash),
    index('defect_cards_by_record').on(table.countyCode, table.facilityId, table.motherRecordHash),
    check(
      'defect_cards_status',
      sql`${table.status} in ('DRAFT', 'SUBMITTED', 'HOSPITAL_REVIEWED', 'COUNTY_REVIEWED', 'PROVINCE_REVIEWED', 'FINAL', 'CORRECTED', 'RETURNED', 'WITHDRAWN', 'MERGED')`,
    ),
    check(
      'defect_cards_submitted',
      sql`${table.status} in ('DRAFT', 'WITHDRAWN') or (${table.submittedBy} is not null and ${table.submittedOn} is not null and ${table.firstSubmittedOn} is not null and ${table.cardNumber} is not null)`,
    ),
    check(
      'defect_cards_hospital_reviewed',
      sql`(${table.status} in ('HOSPITAL_REVIEWED', 'COUNTY_REVIEWED', 'PROVINCE_REVIEWED', 'FINAL')) <= (${table.hospitalReviewedBy} is not null and ${table.hospitalReviewedOn} is not null)`,
    ),
    check(
      'defect_cards_county_reviewed',
      sql`(${table.status} in ('COUNTY_REVIEWED', 'PROVINCE_REVIEWED', 'FINAL')) <= (${table.countyReviewedBy} is not null and ${table.countyReviewedOn} is not null)`,
    ),
    check(
      'defect_cards_province_reviewed',
      sql`(${table.status} in ('PROVINCE_REVIEWED', 'FINAL')) <= (${table.provinceDocument} is not null and ${table.provinceReviewedOn} is not null)`,
    ),
    check('defect_cards_final', sql`(${table.status} = 'FINAL') <= (${table.finalOn} is not null)`),
    check(
      'defect_cards_maker_not_reviewer',
      sql`not (coalesce(${table.hospitalReviewedBy} = any (${table.makers}), false) or coalesce(${table.countyReviewedBy} = any (${table.makers}), false))`,
    ),
    check(
      'defect_cards_two_reviewers',
      sql`coalesce(${table.hospitalReviewedBy} <> ${table.countyReviewedBy}, true)`,
    ),
    check(
      'defect_cards_returned_fields',
      sql`(${table.status} = 'RETURNED') <= (cardinality(${table.returnedFields}) > 0 and ${table.returnedFrom} is not null)`,
    ),
    check('defect_cards_merged', sql`(${table.status} = 'MERGED') = (${table.mergedInto} is not null)`),
    check('defect_cards_sex', sql`${table.childSex} in ('1', '2', '3')`),
    check(
      'defect_cards_sex_of_born',
      sql`${table.childSex} is null or (${table.bornOn} is not null and ${table.outcome} is not null and coalesce(${table.isInduced}, false) = false and (${table.outcome} <> 'STILLBIRTH' or coalesce(${table.gestationDays}, 0) >= 196))`,
    ),
    check('defect_cards_outcome', sql`${table.outcome} in ('LIVE', 'STILLBIRTH', 'DIED_7D')`),
    check('defect_cards_outcome_has_day', sql`${table.outcome} is null or ${table.bornOn} is not null`),
    check('defect_cards_when', sql`${table.diagnosedWhen} in ('PRENATAL', 'WITHIN_7D', 'DAY_8_42', 'LATER')`),
    check('defect_cards_residence', sql`${table.residenceKind} in ('URBAN', 'RURAL')`),
    check('defect_cards_gestation', sql`${table.gestationDays} between 28 and 315`),
    check('defect_cards_diagnosed_gestation', sql`${table.diagnosedGestationDays} between 28 and 315`),
    check('defect_cards_weight', sql`${table.weightGrams} between 10 and 7000`),
    check(
      'defect_cards_plurality',
      sql`${table.plurality} between 1 and 8 and ${table.sequence} between 1 and ${table.plurality}`,
    ),
    check('defect_cards_mother_age', sql`${table.motherAge} between 10 and 65`),
    check('defect_cards_void_has_reason', sql`(${table.voidedAt} is null) = (${table.voidReason} is null)`),
  ],
)

/** 诊断: one card may name several defects. */
export const defectDiagnoses = pgTable(
  'defect_diagnoses',
  {
    countyCode: countyCode(),
    id: id(),
    cardId: uuid('card_id').notNull(),
    facilityId: uuid('facility_id').notNull(),
    ordinal: smallint('ordinal').notNull(),
    category: text('category').notNull(),
    icd10: plainText('icd10').notNull(),
    laterality: text('laterality'),
    isFunctional: boolean('is_functional').notNull(),
    descriptionCipher: bytes('description_cipher'),
  },
  (table) => [
    primaryKey({ name: 'defect_diagnoses_pk', columns: [table.countyCode, table.id] }),
    foreignKey({
      name: 'defect_diagnoses_card',
      columns: [table.countyCode, table.cardId],
      foreignColumns: [defectCards.countyCode, defectCards.id],
    }),
    uniqueIndex('defect_diagnoses_once').on(table.countyCode, table.cardId, table.ordinal),
    check('defect_diagnoses_category', sql`${table.category} ~ '^(0[1-9]|1[0-9]|2[0-4])$'`),
    check(
      'defect_diagnoses_icd10',
      sql`${table.icd10} ~ '^([A-Z][0-9]{2}([.][0-9]{1,2})?|Q96-Q99|Q50-Q56)$'`,
    ),
    check('defect_diagnoses_laterality', sql`${table.laterality} in ('L', 'R', 'BOTH', 'MID')`),
  ],
)

/** 各版本: the card as it was submitted, each time; kept for ever, enciphered whole. */
export const defectCardVersions = pgTable(
  'defect_card_versions',
  {
    countyCode: countyCode(),
    id: id(),
    cardId: uuid('card_id').notNull(),
    facilityId: uuid('facility_id').notNull(),
    edition: smallint('edition').notNull(),
    kind: text('kind').notNull(),
    reason: text('reason'),
    contentCipher: bytes('content_cipher').notNull(),
    madeAt: instant('made_at').notNull(),
    madeBy: uuid('made_by').notNull(),
  },
  (table) => [
    primaryKey({ name: 'defect_card_versions_pk', columns: [table.countyCode, table.id] }),
    foreignKey({
      name: 'defect_card_versions_card',
      columns: [table.countyCode, table.cardId],
      foreignColumns: [defectCards.countyCode, defectCards.id],
    }),
    uniqueIndex('defect_card_versions_once').on(table.countyCode, table.cardId, table.edition),
    check('defect_card_versions_kind', sql`${table.kind} in ('SUBMITTED', 'RESUBMITTED', 'CORRECTED')`),
    check('defect_card_versions_reason', sql`(${table.kind} = 'CORRECTED') <= (${table.reason} is not null)`),
  ],
)

/** 卡号: the last number given in a facility and year. */
export const defectCardNumbers = pgTable(
  'defect_card_numbers',
  {
    countyCode: countyCode(),
    facilityId: uuid('facility_id').notNull(),
    reportingYear: smallint('reporting_year').notNull(),
    lastNumber: integer('last_number').notNull(),
  },
  (table) => [
    primaryKey({
      name: 'defect_card_numbers_pk',
      columns: [table.countyCode, table.facilityId, table.reportingYear],
    }),
  ],
)

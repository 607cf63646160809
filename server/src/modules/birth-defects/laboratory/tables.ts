import { sql } from 'drizzle-orm'
import {
  boolean,
  check,
  customType,
  foreignKey,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
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

/** `(120,)` more than 120, `[0,270]` up to and with 270. */
const numberRange = customType<{ data: string }>({ dataType: () => 'numrange' })

/** 检验组合. */
export const labPanels = pgTable(
  'lab_panels',
  {
    code: text('code').notNull(),
    nameZh: text('name_zh').notNull(),
    nameEn: text('name_en').notNull(),
    loinc: text('loinc'),
    /** How sure the LOINC code is: HIGH, MEDIUM (check before publishing); none without a code. */
    loincConfidence: text('loinc_confidence'),
    ordinal: integer('ordinal').notNull(),
    source: text('source').notNull(),
    validFrom: civilDate('valid_from').notNull(),
    validTo: civilDate('valid_to'),
  },
  (table) => [
    primaryKey({ name: 'lab_panels_pk', columns: [table.code] }),
    check('lab_panels_confidence', sql`(${table.loinc} is null) = (${table.loincConfidence} is null)`),
  ],
)

/** 检验项目: what a panel measures, and in which coded answers. */
export const labAnalytes = pgTable(
  'lab_analytes',
  {
    panelCode: text('panel_code').notNull(),
    code: text('code').notNull(),
    nameZh: text('name_zh').notNull(),
    nameEn: text('name_en').notNull(),
    unit: text('unit'),
    /** Coded answers that it may have; a number alone is turned into one of them by the ranges. */
    flags: text('flags').array().notNull(),
    hasNumber: boolean('has_number').notNull(),
    isRequired: boolean('is_required').notNull(),
    loinc: text('loinc'),
    loincConfidence: text('loinc_confidence'),
    ordinal: integer('ordinal').notNull(),
    source: text('source').notNull(),
  },
  (table) => [
    primaryKey({ name: 'lab_analytes_pk', columns: [table.panelCode, table.code] }),
    foreignKey({
      name: 'lab_analytes_panel',
      columns: [table.panelCode],
      foreignColumns: [labPanels.code],
    }),
    check('lab_analytes_confidence', sql`(${table.loinc} is null) = (${table.loincConfidence} is null)`),
  ],
)

/** 默认判读界值: for laboratories that state none of their own. */
export const labRanges = pgTable(
  'lab_ranges',
  {
    panelCode: text('panel_code').notNull(),
    analyteCode: text('analyte_code').notNull(),
    ordinal: integer('ordinal').notNull(),
    range: numberRange('range').notNull(),
    flag: text('flag').notNull(),
    source: text('source').notNull(),
  },
  (table) => [
    primaryKey({ name: 'lab_ranges_pk', columns: [table.panelCode, table.analyteCode, table.ordinal] }),
    foreignKey({
      name: 'lab_ranges_analyte',
      columns: [table.panelCode, table.analyteCode],
      foreignColumns: [labAnalytes.panelCode, labAnalytes.code],
    }),
  ],
)

/** 本实验室界值: of one laboratory, by the day from which they hold; the newest set replaces the one before. */
export const labCutOffs = pgTable(
  'lab_cut_offs',
  {
    countyCode: countyCode(),
    facilityId: uuid('facility_id').notNull(),
    panelCode: text('panel_code').notNull(),
    analyteCode: text('analyte_code').notNull(),
    validFrom: civilDate('valid_from').notNull(),
    ordinal: integer('ordinal').notNull(),
    range: numberRange('range').notNull(),
    flag: text('flag').notNull(),
    source: text('source').notNull(),
    recordedAt: instant('recorded_at').notNull(),
    recordedBy: uuid('recorded_by').notNull(),
  },
  (table) => [
    primaryKey({
      name: 'lab_cut_offs_pk',
      columns: [
        table.countyCode,
        table.facilityId,
        table.panelCode,
        table.analyteCode,
        table.validFrom,
        table.ordinal,
      ],
    }),
    foreignKey({
      name: 'lab_cut_offs_analyte',
      columns: [table.panelCode, table.analyteCode],
      foreignColumns: [labAnalytes.panelCode, labAnalytes.code],
    }),
  ],
)

/** 检验申请 (L4): what a facility asked of a laboratory for one client, under one barcode. */
export const labOrders = pgTable(
  'lab_orders',
  {
    countyCode: countyCode(),
    id: id(),
    clientId: uuid('client_id').notNull(),
    chainId: uuid('chain_id'),
    /** Who ordered. */
    facilityId: uuid('facility_id').notNull(),
    /** Who measures. */
    labId: uuid('lab_id').notNull(),
    divisionCode: divisionCode('division_code').notNull(),
    panelCode: text('panel_code').notNull(),
    barcode: plainText('barcode').notNull(),
    orderedOn: civilDate('ordered_on').notNull(),
    collectedOn: civilDate('collected_on'),
    state: text('state').notNull(),
    receivedOn: civilDate('received_on'),
    rejectReason: text('reject_reason'),
    resultedOn: civilDate('resulted_on'),
    noteCipher: bytes('note_cipher'),
    ...factColumns(),
    updatedAt: instant('updated_at').notNull(),
    version: integer('version').notNull(),
  },
  (table) => [
    primaryKey({ name: 'lab_orders_pk', columns: [table.countyCode, table.id] }),
    foreignKey({
      name: 'lab_orders_client',
      columns: [table.countyCode, table.clientId],
      foreignColumns: [persons.countyCode, persons.id],
    }),
    foreignKey({ name: 'lab_orders_panel', columns: [table.panelCode], foreignColumns: [labPanels.code] }),
    uniqueIndex('lab_orders_barcode').on(table.countyCode, table.barcode),
    index('lab_orders_by_facility').on(table.countyCode, table.facilityId, table.orderedOn, table.id),
    index('lab_orders_by_lab').on(table.countyCode, table.labId, table.orderedOn, table.id),
    index('lab_orders_by_client').on(table.countyCode, table.clientId),
    check('lab_orders_barcode_shape', sql`${table.barcode} ~ '^[0-9A-Z-]{4,30}$'`),
    check(
      'lab_orders_state',
      sql`${table.state} in ('ORDERED', 'RECEIVED', 'REJECTED', 'RESULTED', 'CANCELLED')`,
    ),
    check(
      'lab_orders_reject_reason',
      sql`(${table.state} = 'REJECTED') = (${table.rejectReason} is not null)`,
    ),
    check('lab_orders_resulted', sql`(${table.state} = 'RESULTED') = (${table.resultedOn} is not null)`),
    check('lab_orders_void_has_reason', sql`(${table.voidedAt} is null) = (${table.voidReason} is null)`),
  ],
)

/** 检验结果批次: what a laboratory sent at once, under its own number; what was wrong with a row is named, never what it said. */
export const labBatches = pgTable(
  'lab_batches',
  {
    countyCode: countyCode(),
    id: id(),
    /** The laboratory. */
    facilityId: uuid('facility_id').notNull(),
    reference: plainText('reference').notNull(),
    channel: text('channel').notNull(),
    contentHash: bytes('content_hash').notNull(),
    rows: integer('rows').notNull(),
    accepted: integer('accepted').notNull(),
    duplicates: integer('duplicates').notNull(),
    /** [{ row, barcode, analyte, code }] */
    problems: jsonb('problems').$type<{ row: number; code: string }[]>().notNull(),
    postedAt: instant('posted_at').notNull(),
    postedBy: uuid('posted_by').notNull(),
  },
  (table) => [
    primaryKey({ name: 'lab_batches_pk', columns: [table.countyCode, table.id] }),
    uniqueIndex('lab_batches_reference').on(table.countyCode, table.facilityId, table.reference),
    index('lab_batches_by_facility').on(table.countyCode, table.facilityId, table.id),
    check('lab_batches_channel', sql`${table.channel} in ('FORM', 'API', 'FHIR')`),
  ],
)

/** 检验结果 (L4): one answer of one analyte; the coded answer plain, the number under the cipher. */
export const labResults = pgTable(
  'lab_results',
  {
    countyCode: countyCode(),
    id: id(),
    batchId: uuid('batch_id').notNull(),
    orderId: uuid('order_id').notNull(),
    clientId: uuid('client_id').notNull(),
    chainId: uuid('chain_id'),
    /** Who ordered, and so whose record it is. */
    facilityId: uuid('facility_id').notNull(),
    labId: uuid('lab_id').notNull(),
    divisionCode: divisionCode('division_code').notNull(),
    panelCode: text('panel_code').notNull(),
    analyteCode: text('analyte_code').notNull(),
    flag: text('flag'),
    /** Whether the laboratory said the flag, or its ranges did. */
    isDerived: boolean('is_derived').notNull(),
    /** { number, unit, note } enciphered by the clinical cipher under (county, id). */
    valueCipher: bytes('value_cipher'),
    /** Keyed digest of what was answered: the same answer again is recognised without being read. */
    digest: bytes('digest').notNull(),
    measuredOn: civilDate('measured_on').notNull(),
    state: text('state').notNull(),
    /** Why the record of who ordered could not take it. */
    heldCode: text('held_code'),
    /** The day on which it was last tried to be taken. */
    triedOn: civilDate('tried_on'),
    revision: integer('revision').notNull(),
    ...factColumns(),
  },
  (table) => [
    primaryKey({ name: 'lab_results_pk', columns: [table.countyCode, table.id] }),
    foreignKey({
      name: 'lab_results_order',
      columns: [table.countyCode, table.orderId],
      foreignColumns: [labOrders.countyCode, labOrders.id],
    }),
    uniqueIndex('lab_results_standing')
      .on(table.countyCode, table.orderId, table.analyteCode)
      .where(sql`${table.voidedAt} is null`),
    index('lab_results_by_batch').on(table.countyCode, table.batchId),
    index('lab_results_held')
      .on(table.countyCode, table.orderId)
      .where(sql`${table.heldCode} is not null`),
    check('lab_results_state', sql`${table.state} in ('POSTED', 'APPLIED')`),
    check(
      'lab_results_held_posted',
      sql`(${table.heldCode} is null) = (${table.triedOn} is null) and (${table.heldCode} is null or ${table.state} = 'POSTED')`,
    ),
    check('lab_results_void_has_reason', sql`(${table.voidedAt} is null) = (${table.voidReason} is null)`),
  ],
)

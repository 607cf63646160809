import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openOffice, type TestOffice } from '../../test/office.ts'

let office: TestOffice
beforeAll(async () => {
  office = await openOffice()
})
afterAll(() => office.close())

/** Tables that hold no county's rows: replicated as they are when the register is distributed. */
const reference = [
  'api_client_secrets',
  'api_clients',
  'bank_layouts',
  'chain_schedule_items',
  'chain_schedules',
  'check_item_sets',
  'child_follow_up_steps',
  'contraceptive_methods',
  'decision_rows',
  'decision_tables',
  'defect_categories',
  'defect_category_codes',
  'defect_deadlines',
  'device_types',
  'division_changes',
  'division_successions',
  'divisions',
  'encounter_checklist',
  'folic_acid_products',
  'follow_up_protocols',
  'follow_up_steps',
  'former_passwords',
  'grants',
  'holidays',
  'lab_analytes',
  'lab_panels',
  'lab_ranges',
  'local_rules',
  'mec_categories',
  'mec_conditions',
  'mec_editions',
  'method_sheets',
  'operator_licences',
  'organisations',
  'overpayment_terms',
  'preferences',
  'programme_rates',
  'programme_shares',
  'programme_stacking',
  'programme_versions',
  'programmes',
  'schema_migrations',
  'screening_parameters',
  'service_tariffs',
  'sessions',
  'supply_items',
  'torch_cells',
  'torch_editions',
  'users',
]

describe('the catalogue of the database', () => {
  test('knows every table as county-owned or as reference', async () => {
    const rows = await office.sql<{ name: string }>(
      `select c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
       where n.nspname = 'public' and c.relkind = 'r' and not exists (
         select from pg_attribute a where a.attrelid = c.oid and a.attname = 'county_code' and a.attnotnull)
       order by 1`,
    )

    expect(rows.map((row) => row.name)).toEqual(reference)
  })

  test('begins every key, unique index and exclusion of a county-owned table with its county', async () => {
    const rows = await office.sql(
      `select t.relname as table, i.relname as index from pg_index x
       join pg_class i on i.oid = x.indexrelid join pg_class t on t.oid = x.indrelid
       join pg_attribute a on a.attrelid = t.oid and a.attnum = x.indkey[0]
       where (x.indisunique or x.indisexclusion) and t.relnamespace = 'public'::regnamespace
         and t.relname <> all($1) and a.attname <> 'county_code'`,
      [reference],
    )

    expect(rows).toEqual([])
  })

  test('keeps foreign keys of county-owned tables inside the county', async () => {
    const rows = await office.sql(
      `select c.conname from pg_constraint c join pg_class t on t.oid = c.conrelid join pg_class r on r.oid = c.confrelid
       where c.contype = 'f' and t.relname <> all($1) and r.relname <> all($1)
         and (select attname from pg_attribute where attrelid = t.oid and attnum = c.conkey[1]) <> 'county_code'
       union all
       select conname from pg_constraint where contype = 'f' and (confdeltype = 'n' or confupdtype <> 'a' or condeferrable)`,
      [reference],
    )

    expect(rows).toEqual([])
  })

  test('has no trigger, rule, identity, serial or view', async () => {
    const rows = await office.sql(
      `select tgname as name from pg_trigger where not tgisinternal
       union all select relname from pg_class where relnamespace = 'public'::regnamespace and relkind in ('S', 'v', 'm')
       union all select attname from pg_attribute a join pg_class c on c.oid = a.attrelid
         where c.relnamespace = 'public'::regnamespace and attidentity <> ''
       union all select rulename from pg_rules where schemaname = 'public'`,
    )

    expect(rows).toEqual([])
  })

  test('keeps names short enough for a shard number', async () => {
    const rows = await office.sql(
      `select relname as name from pg_class where relnamespace = 'public'::regnamespace and length(relname) > 50
       union all select conname from pg_constraint where connamespace = 'public'::regnamespace and length(conname) > 50`,
    )

    expect(rows).toEqual([])
  })

  test('orders division codes by code point', async () => {
    const rows = await office.sql(
      `select c.relname || '.' || a.attname as column from pg_attribute a join pg_class c on c.oid = a.attrelid
       where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and a.attname ~ '(^division_code|_division|division_prefix|^(from|to|parent)_code)$'
         and a.atttypid = 'text'::regtype and a.attcollation <> (select oid from pg_collation where collname = 'C' limit 1)`,
    )

    expect(rows).toEqual([])
  })

  // E1, E7 of the domain specification.
  test('has no column for fetal sex or for births in or out of policy', async () => {
    const rows = await office.sql(
      `select table_name, column_name from information_schema.columns
       where table_schema = 'public' and column_name ~* '(fetal|foetal).*sex|sex.*(fetal|foetal)|policy|planned|quota|permit|fine|levy'`,
    )

    expect(rows).toEqual([])
  })

  test('guards every table with people by row-level security', async () => {
    const rows = await office.sql<{ name: string }>(
      `select c.relname as name from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind = 'r'
         and c.relname <> all($1) and not c.relrowsecurity order by 1`,
      [reference],
    )

    expect(rows.map((row) => row.name)).toEqual([
      'access_seal_rows',
      'access_seals',
      'idempotency_keys',
      'import_mappings',
      'jobs',
    ])
  })

  test('gives the application role no way around its guards', async () => {
    const [role] = await office.sql(
      `select rolsuper, rolbypassrls, rolcreaterole, rolcreatedb, rolcanlogin from pg_roles where rolname = 'youyu_app'`,
    )
    const owned = await office.sql(`select relname from pg_class where relowner = 'youyu_app'::regrole`)

    expect(role).toEqual({
      rolsuper: false,
      rolbypassrls: false,
      rolcreaterole: false,
      rolcreatedb: false,
      rolcanlogin: false,
    })
    expect(owned).toEqual([])
  })
})

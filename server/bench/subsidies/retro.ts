import pg from 'pg'
import type { Access } from '../../src/access/access.ts'
import { longTransaction } from '../../src/database/transaction.ts'
import { systemAccess } from '../../src/modules/accounts/index.ts'
import { recompute } from '../../src/modules/subsidies/entitlements/index.ts'
import type { Installation } from '../installation.ts'
import { compare, type Result } from '../measure.ts'
import { COUNTY } from './county.ts'
import { openHouse } from './paying.ts'

const PEOPLE = 10_000
const MONTHS = 36
const county = Number(COUNTY)
const access: Access = { ...systemAccess, county, prefixes: [COUNTY], clearance: 'L2' }
const NOW = new Date()
/** Months are kept to the end of the present year: three years of them. */
const firstYear = NOW.getUTCFullYear() - 2

const people = `
  insert into persons (county_code, id, name, name_pinyin, name_initials, sex, birth_date, birth_date_precision, id_type, hukou_division,
    residence_division, residence_status, status, source, recorded_at, updated_at, version)
  select ${county}, app.derived_id('entitled ' || k), '张' || chr(20013 + k % 9000), 'zhang', 'z', '2', date '1950-01-01' + k % 3000, 'D', '01', v, v, '1',
    'ACTIVE', 'IMPORT', now(), now(), 1
  from generate_series(1, ${PEOPLE}) k cross join lateral (select '${COUNTY}' || lpad((1 + k % 12)::text, 3, '0') || lpad((1 + k % 50)::text, 3, '0') as v) p;
  insert into beneficiaries (county_code, id, programme, version_id, person_id, payee_id, level, confirmed_on, from_month, state, division_code, updated_at,
    version, recorded_at)
  select ${county}, app.derived_id('beneficiary ' || p.id), 'P02', t.version_id, p.id, p.id, l.level, '${firstYear - 1}-12-05', '${firstYear}-01-01', 'ACTIVE',
    p.hukou_division, now(), 1, now()
  from persons p cross join app.programme_terms(${county}, '${firstYear}-01-05') t
  cross join lateral (select (array['A_DEATH', 'B_DISABILITY', 'C1'])[1 + ascii(right(p.id::text, 1)) % 3] as level) l
  where t.code = 'P02';
  insert into beneficiary_levels (county_code, id, beneficiary_id, from_month, level, cause, recorded_at)
  select county_code, app.derived_id('level ' || id), id, from_month, level, 'CONFIRMED', now() from beneficiaries`

/** What the recomputation writes, told beforehand: the changes and the months, without looking why. */
const bare = `
  with changed as (
    insert into entitlement_changes (county_code, beneficiary_id, month, run_id, programme, person_id, before_fen, after_fen, before_rate, after_rate,
      before_reason, after_reason, cause, changed_at)
    select county_code, beneficiary_id, month, $1::uuid, programme, person_id, amount_fen, amount_fen + $2, rate_id, rate_id, reason, reason, 'bench', now()
    from entitlement_months where county_code = ${county} and programme = 'P02'
    returning beneficiary_id, month, after_fen
  )
  update entitlement_months m set amount_fen = c.after_fen, rate_id = m.rate_id, level = m.level, reason = m.reason, changed_at = now()
  from changed c where m.county_code = ${county} and m.beneficiary_id = c.beneficiary_id and m.month = c.month`

/** 36 months of 10,000 people after a late change of their rates, against the bare SQL that writes the same rows. */
export async function retro(installation: Installation, rounds: number): Promise<Result> {
  const loaded = await installation.loaded('entitled', async () => {
    const draft = 'entitled_draft'
    await installation.sql(draft, people)
    await installation.sql(draft, 'vacuum analyze')
    const { office, close } = openHouse(installation, installation.urlOf(draft))
    try {
      const made = await longTransaction(office.db, access, (tx) =>
        recompute(tx, access, { kind: 'RATE', cause: 'bench', programme: 'P02' }, NOW),
      )
      if (made.monthsAdded !== PEOPLE * MONTHS) throw new Error(`${made.monthsAdded} months instead of all`)
    } finally {
      await close()
    }
    await installation.sql(draft, 'vacuum analyze')
  })
  const house = openHouse(installation, loaded)
  const owner = new pg.Client(loaded)
  await owner.connect()
  const seconds = async (run: () => Promise<unknown>) => {
    await owner.query('vacuum analyze entitlement_months, entitlement_changes')
    await owner.query('checkpoint')
    const began = performance.now()
    await run()
    return (performance.now() - began) / 1000
  }
  try {
    return await compare({
      ...{ name: 'retro', better: 'lower', goal: 2, unit: 's', rounds },
      ours: async (round) => {
        await owner.query(`update programme_rates set amount_fen = $1 where code = 'P02'`, [70_000 + round])
        return await seconds(async () => {
          const { monthsChanged } = await longTransaction(house.office.db, access, (tx) =>
            recompute(tx, access, { kind: 'RATE', cause: 'bench', programme: 'P02' }, NOW),
          )
          if (monthsChanged !== PEOPLE * MONTHS) throw new Error(`${monthsChanged} months instead of all`)
        })
      },
      base: (round) =>
        seconds(() => owner.query(bare, [`00000000-0000-4000-8000-${String(round).padStart(12, '0')}`, 100])),
    })
  } finally {
    await owner.end()
    await house.close()
  }
}

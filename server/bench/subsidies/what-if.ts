import pg from 'pg'
import { Scenario } from '@youyu/shared/subsidies/simulations'
import type { ProgrammeTerms } from '@youyu/shared/subsidies/programmes'
import type { Access } from '../../src/access/access.ts'
import { Bound } from '../../src/database/statements.ts'
import { systemAccess } from '../../src/modules/accounts/index.ts'
import { eligibilityRelation, type KeyedRule } from '../../src/modules/subsidies/rules/index.ts'
import { simulate } from '../../src/modules/subsidies/simulations/index.ts'
import type { Installation } from '../installation.ts'
import { compare, type Result } from '../measure.ts'
import { COUNTY, TODAY } from './county.ts'
import { openHouse } from './paying.ts'

const county = Number(COUNTY)
const access: Access = { ...systemAccess, county, prefixes: [COUNTY], clearance: 'L2' }

/** Reward assistance whatever the hukou type and a quarter more of it, over five years. */
function scenarioOf({ rule }: ProgrammeTerms): unknown {
  const parts =
    'and' in rule ? rule.and.filter((part) => !('fact' in part && part.fact === 'hukou_type')) : []
  return {
    on: TODAY,
    years: 5,
    changes: [
      {
        programme: 'P01',
        rule: { and: parts },
        rates: [{ level: '', unit: 'PER_YEAR', amountFen: 120_000 }],
      },
    ],
  }
}

/** A changed rate and rule over the county for five years, against one run of all rules of today. */
export async function whatIf(installation: Installation, rounds: number): Promise<Result> {
  const rules = (await installation.sql(
    'large',
    `select code as key, terms from app.programme_terms($1, $2) where status = 'OPEN' and terms ->> 'manner' in ('MONTHLY', 'EVENT') order by code`,
    [county, TODAY],
  )) as (KeyedRule & { terms: ProgrammeTerms })[]
  const scenario = Scenario.parse(scenarioOf(rules.find(({ key }) => key === 'P01')!.terms))
  const house = openHouse(installation, installation.urlOf('large'))
  const officer = new pg.Client(installation.urlOf('large'))
  await officer.connect()
  await officer.query(`set role youyu_app; set app.area = '{["${COUNTY}","${COUNTY}:")}'`)
  const bound = new Bound()
  const text = `select count(*)::integer as n from ${eligibilityRelation(bound, { county, asOf: TODAY, rules })} e`
  const seconds = async (run: () => Promise<unknown>) => {
    const began = performance.now()
    await run()
    return (performance.now() - began) / 1000
  }
  const told = await simulate(house.office, access, scenario, undefined)
  if (!told.years.every(({ gained, changed, base }) => gained > 0 && changed.fen > base.fen))
    throw new Error(`Nobody gained: ${JSON.stringify(told.years)}`)
  try {
    return await compare({
      ...{ name: 'what-if', better: 'lower', goal: 3, unit: 's', rounds },
      ours: () => seconds(() => simulate(house.office, access, scenario, undefined)),
      base: () => seconds(() => officer.query(text, bound.values)),
    })
  } finally {
    await officer.end()
    await house.close()
  }
}

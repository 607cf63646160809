import { runOpenJobs } from '../jobs/index.ts'
import type { Office } from '../office.ts'
import type { Chains } from './chains.ts'
import type { Signed } from './front-door.ts'
import { day, enter, look } from './front-door.ts'
import { checkCouples } from './couples.ts'
import { reportDefects } from './defect-cards.ts'
import { examineNewborns, type Born } from './newborns.ts'
import { followPregnancies } from './pregnancies.ts'

/** Plans all chains of the county, as it happens every night. */
async function plan(office: Office, county: Signed): Promise<void> {
  await enter(county, '/api/v1/birth-defect-plans')
  await runOpenJobs(office)
}

type Births = { items: { occurredOn: string; child: { id: string } | null; mother: { id: string } | null }[] }

async function latestBirths({ clerk, today }: Chains): Promise<Born[]> {
  const { items } = await look<Births>(
    clerk,
    `/api/v1/births?outcome=LIVE&from=${day(today, 360)}&to=${today}&limit=30`,
  )
  return items.flatMap(({ child, mother, occurredOn }) =>
    child && mother ? [{ childId: child.id, motherId: mother.id, bornOn: occurredOn }] : [],
  )
}

/** The station sends its high risks to the county hospital. */
async function linkFacilities({ county, facilities, today }: Chains): Promise<void> {
  await enter(county, '/api/v1/referral-links', {
    ...{
      fromId: facilities.get('DEMO-S'),
      toId: facilities.get('DEMO-H'),
      purposes: ['HIGH_RISK', 'PRENATAL_DIAGNOSIS'],
    },
    validFrom: day(today, 300),
  })
}

/** Some dozens of chains of the demo's clinic: couples, pregnancies, newborns, a few defects. */
export async function followChains(office: Office, chains: Chains): Promise<void> {
  await linkFacilities(chains)
  await plan(office, chains.county)
  await checkCouples(chains)
  await followPregnancies(chains)
  const born = await latestBirths(chains)
  await examineNewborns(chains, born)
  await reportDefects(chains, born)
  await plan(office, chains.county)
  await enter(chains.county, '/api/v1/birth-defect-recounts', {})
}

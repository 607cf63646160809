import type { ChainItem, ChainState } from '@youyu/shared/birth-defects/chain-values'
import type { Chain, ChainLink } from '@youyu/shared/birth-defects/chains'
import type { Clinic } from './clinic.ts'
import type { Officer, TestOffice } from './office.ts'
import { bodyOf } from './register.ts'

export const chainsOf = async (officer: Officer, id: string): Promise<Chain[]> =>
  bodyOf<{ items: Chain[] }>(await officer.get(`/api/v1/persons/${id}/birth-defect-chain`), 200).items

export const linkOf = (chain: Chain | undefined, item: ChainItem): ChainLink | undefined =>
  chain?.links.find((link) => link.item === item)

export const stateOf = (chain: Chain | undefined, item: ChainItem): ChainState | undefined =>
  linkOf(chain, item)?.state

/** A woman who is pregnant by the register of her facility. */
export async function pregnantWoman(
  clinic: Clinic,
  lastMenstruationOn: string,
  registeredOn: string,
  given: object = {},
): Promise<{ womanId: string; pregnancyId: string }> {
  const { id: womanId } = await clinic.woman({ residenceSince: '2015-01-01', ...given })
  const { id: pregnancyId } = bodyOf<{ id: string }>(
    await clinic.clinician.post('/api/v1/pregnancies', {
      ...{ womanId, lastMenstruationOn, registeredOn, channel: 'STATION', contactConsent: true },
      registeredOrganisationId: clinic.station.id,
    }),
    201,
  )
  return { womanId, pregnancyId }
}

/** A birth as the register learns of it; answers the child. */
export async function gaveBirth(
  clerk: Officer,
  motherId: string,
  occurredOn: string,
  more: object = {},
): Promise<string> {
  const birth = bodyOf<{ id: string; childId?: string; child?: { id: string } | null }>(
    await clerk.post('/api/v1/births', {
      ...{ motherId, occurredOn, sex: '1', place: 'HOSPITAL', child: {}, ...more },
    }),
    201,
  )
  return birth.child?.id ?? birth.childId ?? ''
}

export const plan = async (
  office: TestOffice,
  today: string,
): Promise<{ opened: number; changed: number }> => {
  const [planned] = await office.sql<{ opened: number; changed: number }>(
    'select opened, changed from app.plan_chains(371121, null, $1, now())',
    [today],
  )
  await office.sql('select app.advance_chains(371121, $1, now())', [today])
  return planned!
}

/** Counts kept of links, and the same counted anew; differing counts are a fault. */
export async function talliesAndRecount(office: TestOffice): Promise<[unknown[], unknown[]]> {
  const read = () =>
    office.sql(
      `select cohort_month, division_code, item, state, reason, links, offered, accepted, positive, followed from chain_tallies
       where links <> 0 or offered <> 0 or accepted <> 0 or positive <> 0 or followed <> 0 order by 1, 2, 3, 4, 5`,
    )
  const kept = await read()
  await office.sql('select app.recount_chains(371121)')
  return [kept, await read()]
}

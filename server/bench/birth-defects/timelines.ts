import type { Installation, Running } from '../installation.ts'
import { latencies } from '../load.ts'
import { compare, percentile, type Result } from '../measure.ts'
import { COUNTY } from './county.ts'

type Servers = { clinician: Running; clerk: Running }

/** A woman's whole chain, with who took part, her children and every link, against her entry in the register. */
export async function timeline(
  installation: Installation,
  { clinician, clerk }: Servers,
  rounds: number,
): Promise<Result> {
  const women = await installation.sql(
    'large',
    `select woman_id as id from chains where county_code = ${COUNTY} order by md5(id::text) limit 1000`,
  )
  const median = async (server: Running, path: (id: string) => string) =>
    percentile(
      await latencies(
        server,
        women.map(({ id }) => path(id as string)),
      ),
      0.5,
    )
  return await compare({
    name: 'timeline',
    better: 'lower',
    goal: 4,
    unit: 'ms',
    rounds,
    ours: () => median(clinician, (id) => `/api/v1/persons/${id}/birth-defect-chain`),
    base: () => median(clerk, (id) => `/api/v1/persons/${id}`),
  })
}

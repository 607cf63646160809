import { openInstallation } from '../installation.ts'
import type { Options, Result } from '../measure.ts'
import { loadCounty } from './county.ts'
import { followUpLoop, followUpPlan } from './planning.ts'

/** Issue 4 §4: a county's women with fifteen years of methods. */
export async function contraception({ persons, rounds, only }: Options): Promise<Result[]> {
  const wants = (...names: string[]) => !only || names.some((name) => only.split(',').includes(name))
  const installation = await openInstallation()
  const results: Result[] = []
  try {
    console.log(`loading ${persons} people and their register of methods through the import …`)
    await loadCounty(installation, 'large', persons)
    if (wants('followup-plan')) results.push(await followUpPlan(installation, rounds))
    if (wants('followup-loop')) results.push(await followUpLoop(installation, rounds))
  } finally {
    await installation.close()
  }
  return results
}

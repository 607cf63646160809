import { fitToBirth } from '../../births/rules-stay.ts'
import { afterFitting, presentOf } from '../../persons/residence/rules.ts'
import { episodesOf, fitAll, type PersonFitting } from '../events/episodes.ts'
import { project, type Projection } from '../events/projection.ts'
import type { Loading } from '../loading.ts'
import type { ReadyBirth } from './judging.ts'

/** Children whose first stay is known to begin on another day than the birth; an unknown beginning is the birth. */
async function misfits(
  { register, row: { countyCode } }: Loading,
  births: readonly ReadyBirth[],
): Promise<Set<string>> {
  const { rows } = await register.client.query<{ id: string }>(
    `select c.id from unnest($2::uuid[], $3::date[]) as c (id, born)
     where not exists (select from residence_episodes e where e.county_code = $1 and e.person_id = c.id and e.voided_at is null
       and (e.from_on is null or e.from_on = c.born))`,
    [countyCode, births.map(({ childId }) => childId), births.map(({ occurredOn }) => occurredOn)],
  )
  return new Set(rows.map(({ id }) => id))
}

/** A child who was registered already lives where her mother lived from the day of her birth. */
export async function fitStays(loading: Loading, ready: readonly ReadyBirth[]): Promise<void> {
  const known = ready.filter(
    ({ childId, newborn, livesSinceBirth }) => childId !== null && newborn === null && !livesSinceBirth,
  )
  if (known.length === 0) return
  const wanted = await misfits(loading, known)
  if (wanted.size === 0) return
  const episodes = await episodesOf(loading.register, loading.row.countyCode, [...wanted])
  const fittings: PersonFitting[] = []
  const projections: Projection[] = []
  for (const { id, childId, occurredOn, divisionCode, hukouDivision } of known) {
    const stays = childId === null ? undefined : episodes.get(childId)
    if (childId === null || !wanted.has(childId) || !stays) continue
    const home = { divisionCode, status: divisionCode === hukouDivision ? '1' : '3' }
    const fitting = fitToBirth(stays, occurredOn, occurredOn, home)
    const [before, after] = [presentOf(stays), presentOf(afterFitting(stays, fitting))]
    fittings.push({ personId: childId, fitting })
    if (!before || !after || before.divisionCode === after.divisionCode) continue
    projections.push({
      personId: childId,
      eventId: id,
      kind: 'born',
      occurredOn,
      before: valuesOf(before),
      after: valuesOf(after),
    })
  }
  await fitAll(loading, fittings, '按出生记录调整 Fitted to the birth')
  await project(loading, projections)
}

const valuesOf = ({
  divisionCode,
  status,
  from,
}: {
  divisionCode: string
  status: string
  from: string | null
}) => ({
  residenceDivision: divisionCode,
  residenceStatus: status,
  residenceSince: from,
})

import type { EventPreview } from '@youyu/shared/population/event-preview'
import type { Access } from '../../../access/access.ts'
import type { Transaction } from '../../../database/connect.ts'
import { todayOf, type Office } from '../../../office.ts'
import { Refused } from '../../../refused.ts'
import { findHeadBirthDate } from '../persons/corrections/queries.ts'
import { applyChange, lockPersons } from '../persons/queries-changes.ts'
import { applyFitting, findEpisodes } from '../persons/residence/queries.ts'
import { afterFitting, presentOf, toldPeriod } from '../persons/residence/rules.ts'
import { findingsOf } from '../persons/rules.ts'
import { differing, findingsIn, shownValue, toldChanges, type PersonState } from '../persons/state.ts'
import { residenceStatusOf, type JudgedBirth } from './judging.ts'
import type { KeptBirth } from './queries.ts'
import { fitToBirth } from './rules-stay.ts'

type Following = {
  judged: JudgedBirth
  /** The birth as it was recorded before, where it is corrected. */
  former: KeptBirth | null
  reason: string | null
  at: Date
}

const fittedToBirth = '按出生记录调整 Fitted to the birth'

/** The record of a child who is registered already becomes what the birth says: day, sex, parents, first stay. */
export async function childFollows(
  tx: Transaction,
  office: Office,
  access: Access,
  { judged: { facts, mother }, former, reason, at }: Following,
): Promise<Pick<EventPreview, 'changes' | 'findings'>> {
  const childId = facts.childId as string
  const [states, episodes] = await Promise.all([
    lockPersons(tx, access, [childId]),
    findEpisodes(tx, access, childId),
  ])
  const state = states.get(childId)
  if (!state) throw new Refused('not-found')
  const formerBorn = former?.occurredOn ?? state.birthDate
  const home = { divisionCode: facts.divisionCode, status: residenceStatusOf(access, facts, mother) }
  const isPlaceSaid = former === null || former.divisionCode !== facts.divisionCode
  const isDaySaid = former === null || former.occurredOn !== facts.occurredOn
  const fitting =
    isPlaceSaid || isDaySaid
      ? fitToBirth(episodes, facts.occurredOn, formerBorn, home)
      : { voided: [], added: [] }
  const present = presentOf(afterFitting(episodes, fitting))
  const isHukouCorrected =
    former !== null &&
    former.hukouDivision !== facts.hukouDivision &&
    former.hukouDivision === state.hukouDivision
  const isFitted = fitting.voided.length + fitting.added.length > 0
  const wanted = {
    birthDate: facts.occurredOn,
    birthDatePrecision: 'DAY',
    sex: facts.sex,
    motherId: facts.motherId ?? (former?.motherId ? null : state.motherId),
    fatherId: facts.fatherId ?? (former?.fatherId ? null : state.fatherId),
    ...(isHukouCorrected && { hukouDivision: facts.hukouDivision }),
    ...(isFitted &&
      present && {
        residenceDivision: present.divisionCode,
        residenceStatus: present.status,
        residenceSince: present.from,
      }),
  }
  const after = { ...state, ...wanted } as PersonState
  const findings = findingsOf({
    ...after,
    idNumber: numberOf(office, access, state),
    mother,
    headBirthDate: await findHeadBirthDate(tx, access, after),
    today: todayOf(at),
  })
  const changes = differing(state, { ...wanted, findings: findings.join(',') })
  await Promise.all([
    isFitted && applyFitting(tx, access, childId, fitting, fittedToBirth, at),
    Object.keys(changes).length > 0 &&
      applyChange(tx, access, {
        person: state,
        changes,
        kind: former ? 'corrected' : 'born',
        occurredOn: facts.occurredOn,
        reason,
        at,
      }),
  ])
  const label = shownValue(access, 'name', state.name) as string
  const told = { entity: 'residence', id: childId, label, field: 'episode' } as const
  return {
    changes: [
      ...toldChanges(access, state, changes),
      ...fitting.voided.map((episode) => ({
        ...told,
        id: episode.id,
        before: toldPeriod(episode),
        after: null,
      })),
      ...fitting.added.map((stay) => ({ ...told, before: null, after: toldPeriod(stay) })),
    ],
    findings: findingsIn({ findings: findings.join(',') }),
  }
}

function numberOf({ ciphers }: Office, access: Access, person: PersonState): string | null {
  if (person.idNumberCipher === null) return null
  const cell = { county: access.county, id: person.id }
  return ciphers.idNumber.decipher(Buffer.from(person.idNumberCipher, 'base64'), cell)
}

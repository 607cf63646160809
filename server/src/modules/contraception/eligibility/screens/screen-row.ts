import type {
  Circumstances,
  Evaluation,
  KeptAnswer,
  Override,
  Screen,
  ScreenRow,
} from '@youyu/shared/contraception/eligibility'
import type { LocalRule } from '@youyu/shared/contraception/mec-editions'
import type { Access } from '../../../../access/access.ts'
import type { Office } from '../../../../office.ts'
import { judged, removal, type EditionTable } from '../rules.ts'
import { unanswered } from '../rules-answers.ts'
import type { KeptCategories } from '../tables.ts'
import type { KeptScreen, ListedScreen } from './queries.ts'

/** Facts of a screening under an edition. */
export function evaluated(
  edition: EditionTable,
  local: readonly LocalRule[],
  facts: { on: string; age: number; answers: readonly KeptAnswer[]; circumstances: Circumstances },
): Evaluation {
  const { on, age, answers, circumstances } = facts
  const present = new Set(answers.flatMap(({ finding, isPresent }) => (isPresent ? [finding] : [])))
  const { conditions, methods } = judged(edition, local, { on, age, present, circumstances })
  return {
    edition: edition.code,
    age,
    conditions: conditions.map(({ code }) => code),
    unanswered: unanswered(edition, answers),
    answers: [...answers],
    circumstances,
    methods,
    removal: removal(),
  }
}

export function categoriesIn({ methods }: Evaluation): KeptCategories {
  return Object.fromEntries(
    methods.map(({ method, initiation, continuation }) => [method, [initiation, continuation] as const]),
  )
}

export function stoppedIn({ methods }: Evaluation): Evaluation['methods'][number]['method'][] {
  return methods.filter(({ isStopped }) => isStopped).map(({ method }) => method)
}

export function circumstancesIn(screen: Circumstances): Circumstances {
  const { deliveredOn, isBreastfeeding, abortedOn, parity, mensesEndedOn, cavityDepthMillimetres } = screen
  return { deliveredOn, isBreastfeeding, abortedOn, parity, mensesEndedOn, cavityDepthMillimetres }
}

export function shownScreenRow(row: ListedScreen): ScreenRow {
  const { id, clientId, clientName, facilityId, occurredOn, edition, conditions, stopped } = row
  return {
    ...{ id, clientId, clientName, facilityId, occurredOn, edition, conditions, stopped },
    recordedAt: row.recordedAt.toISOString(),
    voidedAt: row.voidedAt?.toISOString() ?? null,
  }
}

export function shownScreen(
  { ciphers }: Office,
  { county }: Access,
  screen: KeptScreen,
  evaluation: Evaluation,
): Screen {
  const { clinical } = ciphers
  const overrides = screen.overrides.map(({ reasonCipher, ...override }): Override => ({
    ...override,
    screenId: screen.id,
    category: override.category,
    reason: clinical.decipher(Buffer.from(reasonCipher, 'base64'), { county, id: override.id }),
    recordedAt: new Date(override.recordedAt).toISOString(),
  }))
  return {
    ...shownScreenRow(screen),
    evaluation,
    overrides,
    note: screen.noteCipher && clinical.decipher(screen.noteCipher, { county, id: screen.id }),
    recordedBy: screen.recorder,
    voidReason: screen.voidReason,
    replaces: screen.replaces,
    replacedBy: screen.replacedBy,
  }
}

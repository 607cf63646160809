import type { ApplicationLetter } from '@youyu/shared/subsidies/application-letters'
import type { Id } from '@youyu/shared/values'
import type { Access } from '../../../access/access.ts'
import { record } from '../../../audit/index.ts'
import type { Transaction } from '../../../database/connect.ts'
import { transaction } from '../../../database/transaction.ts'
import { todayOf, type Office } from '../../../office.ts'
import { Refused } from '../../../refused.ts'
import { findPlaces } from '../../population/index.ts'
import { factsOfDecision } from './deciding.ts'
import { judged, told } from './judging.ts'
import * as queries from './queries.ts'
import { selectDecisions, selectReviews } from './queries-history.ts'
import { selectBasis } from './queries-programmes.ts'
import { termsOfVersion } from './terms.ts'
import { opened } from './words.ts'

const kinds: Partial<Record<string, ApplicationLetter['kind']>> = {
  NOT_ACCEPTED: 'MISSING',
  CONFIRMED: 'CONFIRMED',
  BENEFICIARY_ACTIVE: 'CONFIRMED',
  REJECTED: 'REFUSED',
  RECONSIDERATION: 'REFUSED',
  UPHELD: 'UPHELD',
}

/** 通知书: what the applicant is told in writing, with her name in full; who printed it is recorded. */
export async function readLetter(office: Office, access: Access, id: Id): Promise<ApplicationLetter> {
  const at = office.now()
  return await transaction(office.db, access, async (tx) => {
    const application = await queries.findApplication(tx, access, id)
    if (!application || application.state === 'DRAFT') throw new Refused('not-found')
    const { divisionCode: division } = application
    const fields = ['letter']
    await record(
      tx,
      access,
      { action: 'reveal', entity: 'application', entityId: id, division, fields, purpose: 'BENEFIT' },
      at,
    )
    return await written(tx, office, access, application, todayOf(at))
  })
}

async function written(
  tx: Transaction,
  office: Office,
  access: Access,
  application: queries.ListedApplication,
  today: string,
): Promise<ApplicationLetter> {
  const { id, versionId, state, programme, divisionCode } = application
  const county = String(access.county).padEnd(12, '0')
  const township = divisionCode.slice(0, 9).padEnd(12, '0')
  const [reviews, decisions, { terms }, places, basis] = await Promise.all([
    selectReviews(tx, access, id),
    selectDecisions(tx, access, id),
    termsOfVersion(tx, versionId),
    findPlaces(tx, [county, township, divisionCode]),
    selectBasis(tx, access, programme),
  ])
  const last = reviews.findLast(({ event }) => event !== 'ACTIVATE')
  const returned = last?.event === 'RETURN' && state === 'SUBMITTED'
  const kind = kinds[state] ?? (returned ? 'RETURNED' : 'RECEIVED')
  const decision = kind === 'REFUSED' || kind === 'UPHELD' ? decisions.at(-1) : undefined
  const evaluation =
    decision &&
    told(
      judged(
        access,
        decision.versionId,
        terms,
        factsOfDecision(office, access, id, decision).facts,
        decision.asOf,
      ),
      terms.rule,
      { withValues: true },
    )
  const said = state === 'RECONSIDERATION' ? reviews.findLast(({ event }) => event === 'REJECT') : last
  const name = (code: string) => places.get(code)?.name ?? ''
  return {
    ...{ kind, number: application.number, on: said?.doneOn ?? today },
    ...{ countyName: name(county), office: name(township), basis },
    programme: { code: programme, zh: application.programmeZh, en: application.programmeEn },
    ...{ applicantName: application.applicantName ?? '', subjectName: application.subjectName ?? '' },
    place: [township, divisionCode].map(name).join(''),
    ...{ filedOn: application.filedOn, claimYear: application.claimYear || null, level: application.level },
    items: kind === 'MISSING' || kind === 'RETURNED' ? (said?.items ?? []) : [],
    reason: opened(office, access, id, said?.reasonCipher ?? null),
    failing: (evaluation?.leaves ?? []).flatMap(({ met, reason, value }) =>
      met ? [] : [{ ...reason, value }],
    ),
    nearest: evaluation?.nearest ?? null,
    appealUntil: kind === 'REFUSED' ? application.appealUntil : null,
    reconsiderationDays: terms.reconsiderationDays,
  }
}

import { isUndecided } from '@youyu/shared/subsidies/application-states'
import type { Application } from '@youyu/shared/subsidies/application-case'
import type { Id } from '@youyu/shared/values'
import type { Access } from '../../../access/access.ts'
import type { Transaction } from '../../../database/connect.ts'
import { todayOf, type Office } from '../../../office.ts'
import { Refused } from '../../../refused.ts'
import { attachmentsOf } from '../attachments/index.ts'
import { isSensitive, maySeeNames, namedOf, shownRow } from './application-row.ts'
import { conflictsOf } from './conflicts.ts'
import { judge, judged, knownIn, told, type Judgement } from './judging.ts'
import * as queries from './queries.ts'
import { selectEvidence, selectHasAccount, selectIsKnown } from './queries-evidence.ts'
import { selectAppeals, selectDecisions, selectReviews } from './queries-history.ts'
import { evidenceOf, factsAsOf, type EvidenceHeld, type Held } from './rules.ts'
import { factsOfDecision } from './deciding.ts'
import { termsOfVersion, type Terms } from './terms.ts'
import { opened } from './words.ts'

type Looked = {
  application: queries.ListedApplication
  terms: Terms
  judgement: Judgement
  evidence: EvidenceHeld[]
}

/** Papers of an application: those attached as files, and those seen at the counter. */
async function papersOf(
  tx: Transaction,
  access: Access,
  { id, payeeId, channel }: Pick<queries.ApplicationRecord, 'id' | 'payeeId' | 'channel'>,
): Promise<Held[]> {
  const [files, seen, account, isKnown] = await Promise.all([
    attachmentsOf(tx, access, 'APPLICATION', id),
    selectEvidence(tx, access, id),
    accountOf(tx, access, payeeId),
    channel === 'AUTO_PROPOSED' && selectIsKnown(tx, access, payeeId),
  ])
  const attached = files.flatMap(({ kind, recordedAt, voidedAt }) =>
    voidedAt === null
      ? [{ type: kind, manner: 'FILE' as const, document: null, seenOn: todayOf(new Date(recordedAt)) }]
      : [],
  )
  const identity = { type: 'ID_CARD', manner: 'REGISTER' as const, document: null, seenOn: null }
  return [...seen, ...attached, ...account, ...(isKnown ? [identity] : [])]
}

/** The payee's account, where one is on record. */
export async function accountOf(tx: Transaction, access: Access, payeeId: Id): Promise<Held[]> {
  const has = await selectHasAccount(tx, access, payeeId)
  return has ? [{ type: 'ACCOUNT_PROOF', manner: 'REGISTER', document: null, seenOn: null }] : []
}

/** What the rule and the papers say of an application today. */
export async function look(
  tx: Transaction,
  office: Office,
  access: Access,
  application: queries.ApplicationRecord,
): Promise<Omit<Looked, 'application'>> {
  const today = todayOf(office.now())
  const terms = await termsOfVersion(tx, application.versionId)
  const asOf = factsAsOf(terms.terms, application.filedOn, today)
  const judgement = (await judge(tx, access, terms, [application], asOf)).get(application.id)!
  const papers = await papersOf(tx, access, application)
  return { terms, judgement, evidence: evidenceOf(terms.terms, knownIn(judgement), papers) }
}

/** 一案一屏: everything about a case, as its reader may see it. */
export async function shownCase(
  tx: Transaction,
  office: Office,
  access: Access,
  id: Id,
): Promise<Application> {
  const today = todayOf(office.now())
  const application = await queries.findApplication(tx, access, id)
  if (!application) throw new Refused('not-found')
  const [reviews, decisions, appeals, conflicts] = await Promise.all([
    selectReviews(tx, access, id),
    selectDecisions(tx, access, id),
    selectAppeals(tx, access, id),
    conflictsOf(tx, access, application.programme, application.claimYear, [application], {
      ...{ on: today, isLook: false },
    }),
  ])
  const looked = await look(tx, office, access, application)
  const { terms, evidence } = looked
  const isOpen = isUndecided(application.state)
  const last = decisions.at(-1)
  const judgement =
    !isOpen && last
      ? judged(
          access,
          last.versionId,
          terms.terms,
          factsOfDecision(office, access, id, last).facts,
          last.asOf,
        )
      : looked.judgement
  const isPlain = maySeeNames(access)
  const isPlainSubject = isPlain && !isSensitive(terms.terms, application.subjectBirth, today)
  const isVillage = access.role === 'village_worker'
  return {
    ...shownRow(application, access, today),
    subject: namedOf(
      application.subjectId,
      application.subjectName,
      application.subjectBirth,
      isPlainSubject,
    ),
    applicant: namedOf(
      ...([application.applicantId, application.applicantName, application.applicantBirth] as const),
      application.applicantId === application.subjectId ? isPlainSubject : isPlain,
    ),
    payee: namedOf(
      ...([application.payeeId, application.payeeName, application.payeeBirth] as const),
      application.payeeId === application.subjectId ? isPlainSubject : isPlain,
    ),
    ...{ steps: application.steps, passed: application.passed, round: application.round },
    ...{ level: application.level || judgement.level, versionId: application.versionId },
    ...{ overallDueOn: application.overallDueOn, acceptedOn: application.acceptedOn },
    appealUntil: application.state === 'REJECTED' ? application.appealUntil : null,
    agent:
      application.agentId === null
        ? null
        : {
            ...{ id: application.agentId, name: reviews[0]?.byName ?? '' },
            ...{ authorisation: application.authorisation, authorisedOn: application.authorisedOn },
          },
    accountMask: null,
    hasDeclaration: application.declarationCipher !== null,
    evidence,
    evaluation: told(judgement, terms.terms.rule, {
      withValues: isPlain && !isVillage,
      places: new Map([[application.divisionCode, application.divisionName ?? application.divisionCode]]),
    }),
    conflicts: isOpen ? (conflicts.get(application.subjectId) ?? []) : [],
    reviews: reviews.map(({ reasonCipher, byId, byName, batchId, ...review }) => ({
      ...review,
      reason: isPlain ? opened(office, access, id, reasonCipher) : null,
      by: byName === null ? null : { id: byId, name: byName },
      isTogether: batchId !== null,
    })),
    decisions: decisions.map(({ factsCipher: _, ...decision }) => decision),
    appeals: appeals.map(({ groundsCipher: _, replyCipher, ...appeal }) => ({
      ...appeal,
      reply: isPlain ? opened(office, access, id, replyCipher) : null,
    })),
  }
}

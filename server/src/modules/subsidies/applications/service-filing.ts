import { ApplicationState, isUndecided } from '@youyu/shared/subsidies/application-states'
import type { Application, ApplicationPreview } from '@youyu/shared/subsidies/application-case'
import type {
  appealApplication,
  completeApplication,
  NewApplication,
} from '@youyu/shared/subsidies/applications'
import type { Id } from '@youyu/shared/values'
import type { z } from 'zod'
import { covers, type Access } from '../../../access/access.ts'
import { newId } from '../../../crypto/ids.ts'
import type { Transaction } from '../../../database/connect.ts'
import { rehearsal } from '../../../database/rehearsal.ts'
import { transaction } from '../../../database/transaction.ts'
import { todayOf, type Office } from '../../../office.ts'
import { Refused } from '../../../refused.ts'
import { checkClaimants } from '../claims/index.ts'
import { addWorkingDays, findHolidays } from '../working-days/index.ts'
import { isSensitive, maySeeNames, namedOf } from './application-row.ts'
import { accountOf, look, shownCase } from './case.ts'
import { conflictsOf } from './conflicts.ts'
import { fileApplications } from './filing.ts'
import { judge, knownIn, told, unknownIn, type Judgement } from './judging.ts'
import { addDays, deadlineOf, move } from './moving.ts'
import { selectRivals, selectStanding } from './queries-conflicts.ts'
import { findPeople, type PersonRecord } from './queries-people.ts'
import { selectNames } from './queries-programmes.ts'
import { insertAppeal, insertEvidence, updateApplication } from './queries-filing.ts'
import { done } from './reviewing.ts'
import { claimYearOf, evidenceOf, isInWindow, missingIn, type EvidenceHeld } from './rules.ts'
import { termsFor, termsOfVersion, type Terms } from './terms.ts'
import { sealed } from './words.ts'

type Asked = {
  terms: Terms
  subject: PersonRecord
  applicant: PersonRecord
  payee: PersonRecord
  claimYear: number
  judgement: Judgement
  evidence: EvidenceHeld[]
}

/** Who asks, for whom, for what: as far as the filer may see them, and by what the register knows. */
async function asked(tx: Transaction, office: Office, access: Access, body: NewApplication): Promise<Asked> {
  const today = todayOf(office.now())
  const terms = await termsFor(tx, access, body.programme, today)
  const applicantId = body.applicantId ?? body.subjectId
  const people = await findPeople(tx, access, [body.subjectId, applicantId])
  const subject = people.get(body.subjectId)
  const applicant = people.get(applicantId)
  if (!subject) throw Refused.field('/subjectId', 'not-found')
  if (!applicant) throw Refused.field('/applicantId', 'not-found')
  if (!covers(access.prefixes, subject.hukouDivision)) throw Refused.field('/subjectId', 'out-of-area')
  const isForChild = terms.terms.payTo === 'GUARDIAN'
  if (isForChild && applicantId === subject.id) throw Refused.field('/applicantId', 'guardian-needed')
  const claimYear = claimYearOf(terms.terms, today)
  if (body.claimYear !== undefined && body.claimYear !== claimYear)
    throw Refused.field('/claimYear', 'not-year-claimed')
  if (body.channel === 'VILLAGE_AGENT' && !body.authorisation)
    throw Refused.field('/authorisation', 'required')
  if (body.authorisedOn !== undefined && body.authorisedOn > today)
    throw Refused.field('/authorisedOn', 'invalid-date')
  const contender = { id: subject.id, subjectId: subject.id, applicantId }
  const judgement = (await judge(tx, access, terms, [contender], today)).get(subject.id)!
  const seen = (body.seen ?? []).map(({ type, document }) => ({
    ...{ type, manner: 'SEEN' as const, document: document ?? null, seenOn: today },
  }))
  const payee = isForChild ? applicant : subject
  const papers = [...seen, ...(await accountOf(tx, access, payee.id))]
  const evidence = evidenceOf(terms.terms, knownIn(judgement), papers)
  return {
    terms,
    subject,
    applicant,
    payee,
    claimYear,
    judgement,
    evidence,
  }
}

/** What an application would be, and at once everything that is missing; nothing is kept. */
export async function preview(
  office: Office,
  access: Access,
  body: NewApplication,
): Promise<ApplicationPreview> {
  const today = todayOf(office.now())
  return await rehearsal(office.db, access, async (tx) => {
    const { terms, subject, applicant, payee, claimYear, judgement, evidence } = await asked(
      tx,
      office,
      access,
      body,
    )
    const { programme } = body
    await checkClaimants(tx, office, access, { people: [subject.id], programme, on: today })
    const { level } = judgement
    const contender = { id: null, subjectId: subject.id, applicantId: applicant.id, level }
    const [conflicts, holidays, names] = await Promise.all([
      conflictsOf(tx, access, programme, claimYear, [contender], { on: today, isLook: false }),
      findHolidays(tx, today),
      selectNames(tx, access, programme),
    ])
    const { steps, window, overallDays, rule } = terms.terms
    const isPlain = maySeeNames(access)
    const isPlainSubject = isPlain && !isSensitive(terms.terms, subject.birthDate, today)
    const named = ({ id, name, birthDate }: PersonRecord) =>
      namedOf(id, name, birthDate, id === subject.id ? isPlainSubject : isPlain)!
    return {
      programme: { code: programme, ...names },
      ...{ subject: named(subject), payee: named(payee) },
      division: { code: subject.hukouDivision, name: subject.hukouName },
      ...{ claimYear: claimYear || null, claimYears: claimYear ? [claimYear] : [] },
      steps: steps.map(({ step }) => step),
      dueOn: deadlineOf('SUBMITTED', terms.terms, today, holidays),
      overallDueOn: overallDays === null ? null : addWorkingDays(today, overallDays, holidays),
      ...{ isInWindow: isInWindow(window, today), window },
      evaluation: told(judgement, rule, {
        withValues: isPlain,
        places: new Map([[subject.hukouDivision, subject.hukouName ?? subject.hukouDivision]]),
      }),
      ...{ evidence, missing: missingIn(evidence), unknown: unknownIn(judgement) },
      conflicts: conflicts.get(subject.id) ?? [],
    }
  })
}

/** 申请: kept whatever is missing; the office tells at acceptance what it needs. */
export async function file(office: Office, access: Access, body: NewApplication): Promise<Application> {
  const at = office.now()
  const on = todayOf(at)
  return await transaction(office.db, access, async (tx) => {
    const { subject, applicant, payee, claimYear, judgement, evidence } = await asked(
      tx,
      office,
      access,
      body,
    )
    const { programme, channel, accountId, authorisation, authorisedOn } = body
    const isAgent = channel === 'VILLAGE_AGENT' && authorisation !== undefined
    const [filed] = await fileApplications(tx, office, access, {
      ...{ programme, channel, on, at, isDraft: body.isDraft ?? false, claimYear },
      agent: isAgent ? { id: access.actorId, authorisation, authorisedOn: authorisedOn ?? null } : null,
      rows: [
        {
          ...{
            subjectId: subject.id,
            applicantId: applicant.id,
            payeeId: payee.id,
            accountId: accountId ?? null,
          },
          ...{ missing: missingIn(evidence), isMet: judgement.isMet, level: judgement.level },
        },
      ],
    })
    if (!filed) throw new Refused(await whyNot(tx, access, body, claimYear))
    const papers = (body.seen ?? []).map((paper) => ({ ...paper, id: newId(at.getTime()) }))
    const place = { applicationId: filed.id, divisionCode: subject.hukouDivision, on }
    await insertEvidence(tx, access, place, papers, at)
    if (body.declaration !== undefined)
      await updateApplication(
        tx,
        access,
        filed.id,
        { declarationCipher: sealed(office, access, filed.id, body.declaration) },
        at,
      )
    return await shownCase(tx, office, access, filed.id)
  })
}

async function whyNot(
  tx: Transaction,
  access: Access,
  { programme, subjectId }: NewApplication,
  claimYear: number,
): Promise<'already-receives' | 'already-applied' | 'conflict'> {
  const [rivals, standing] = await Promise.all([
    selectRivals(tx, access, programme, [subjectId], claimYear),
    claimYear === 0 ? selectStanding(tx, access, programme, [subjectId]) : [],
  ])
  const isGiven = rivals.some(({ state }) => state === 'CONFIRMED' || state === 'BENEFICIARY_ACTIVE')
  if (standing.length > 0 || (claimYear > 0 && isGiven)) return 'already-receives'
  return rivals.length > 0 ? 'already-applied' : 'conflict'
}

type Completion = z.output<(typeof completeApplication)['schema']['body']>
/** 补正: what was missing is added, and a draft or a returned application submitted. */
export async function complete(
  office: Office,
  access: Access,
  id: Id,
  version: number,
  body: Completion,
): Promise<Application> {
  const at = office.now()
  const on = todayOf(at)
  const states = ['DRAFT', 'NOT_ACCEPTED', 'SUBMITTED'] as const
  return await done(office, access, id, { version, states }, async (tx, application) => {
    const { divisionCode, subjectId, programme, state } = application
    const papers = (body.seen ?? []).map((paper) => ({ ...paper, id: newId(at.getTime()) }))
    await insertEvidence(tx, access, { applicationId: id, divisionCode, on }, papers, at)
    const { evidence, judgement } = await look(tx, office, access, application)
    const { accountId, authorisation, authorisedOn, declaration } = body
    await updateApplication(
      tx,
      access,
      id,
      {
        ...(accountId !== undefined && { accountId }),
        ...(authorisation !== undefined && { authorisation }),
        ...(authorisedOn !== undefined && { authorisedOn }),
        ...(declaration !== undefined && { declarationCipher: sealed(office, access, id, declaration) }),
        ...{ missing: missingIn(evidence), isMet: judgement.isMet, level: judgement.level },
      },
      at,
    )
    if (!body.submit || state === 'SUBMITTED') return
    await checkClaimants(tx, office, access, { people: [subjectId], programme, on })
    await move(tx, access, [id], { event: 'SUBMIT', on, at })
  })
}

export async function withdraw(
  office: Office,
  access: Access,
  id: Id,
  version: number,
  reason: string | undefined,
): Promise<Application> {
  const at = office.now()
  const states = ApplicationState.options.filter(
    (state) => isUndecided(state) || state === 'REJECTED' || state === 'RECONSIDERATION',
  )
  return await done(office, access, id, { version, states }, async (tx) => {
    const told = { reasonCipher: sealed(office, access, id, reason) }
    await move(tx, access, [id], { event: 'WITHDRAW', on: todayOf(at), at, told })
  })
}

type Appeal = z.output<(typeof appealApplication)['schema']['body']>
/** 申请复核: within sixty days of the refusal, answered within thirty. */
export async function appeal(
  office: Office,
  access: Access,
  id: Id,
  version: number,
  { grounds }: Appeal,
): Promise<Application> {
  const at = office.now()
  const on = todayOf(at)
  return await done(office, access, id, { version, states: ['REJECTED'] }, async (tx, application) => {
    const { appealUntil, versionId, divisionCode } = application
    if (appealUntil !== null && on > appealUntil) throw new Refused('appeal-over')
    const { terms } = await termsOfVersion(tx, versionId)
    const row = { countyCode: access.county, id: newId(at.getTime()), applicationId: id, divisionCode }
    await insertAppeal(tx, {
      ...row,
      ...{ filedOn: on, dueOn: addDays(on, terms.reconsiderationDays) },
      ...{ groundsCipher: sealed(office, access, id, grounds), recordedAt: at, recordedBy: access.actorId },
    })
    await move(tx, access, [id], { event: 'APPEAL', on, at })
  })
}

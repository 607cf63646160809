import type { ApplicationChannel } from '@youyu/shared/subsidies/application-case'
import type { EvidenceType } from '@youyu/shared/subsidies/programmes'
import type { CivilDate, Id } from '@youyu/shared/values'
import type { Access } from '../../../access/access.ts'
import { record } from '../../../audit/index.ts'
import { newId } from '../../../crypto/ids.ts'
import type { Transaction } from '../../../database/connect.ts'
import type { Office } from '../../../office.ts'
import { checkClaimants } from '../claims/index.ts'
import { addWorkingDays, findHolidays } from '../working-days/index.ts'
import { deadlineOf } from './moving.ts'
import { insertApplications, type FiledSet } from './queries-filing.ts'
import { claimYearOf } from './rules.ts'
import { termsFor, type Terms } from './terms.ts'

type FilingRow = {
  id?: Id
  subjectId: Id
  /** The subject herself where left out; of a child the parent or guardian must be named. */
  applicantId?: Id
  /** Of a child the applicant, else the subject. */
  payeeId?: Id
  accountId?: Id | null
  /** Evidence still missing; what the programme requires and no fact stands for, where left out. */
  missing?: readonly EvidenceType[]
  isMet?: boolean | null
  level?: string
}
export type Filing = {
  programme: string
  channel: ApplicationChannel
  on: CivilDate
  at: Date
  rows: readonly FilingRow[]
  isDraft?: boolean
  claimYear?: number
  /** The account that files for the applicant, and by what it may. */
  agent?: { id: Id; authorisation: string; authorisedOn: CivilDate | null } | null
  sourceRef?: string
}
export type Filed = { id: Id; subjectId: Id; number: string }

/**
 * Files applications, one or fifty thousand: those of the area who neither ask for the same already nor receive it. Who was
 * left out is missing from the answer. Claimants are compared with other counties in the same transaction.
 */
export async function fileApplications(
  tx: Transaction,
  office: Office,
  access: Access,
  filing: Filing,
): Promise<Filed[]> {
  const { programme, on, at, rows, agent } = filing
  const { versionId, terms } = await termsFor(tx, access, programme, on)
  const holidays = await findHolidays(tx, on)
  const state = filing.isDraft ? 'DRAFT' : 'SUBMITTED'
  const set: FiledSet = {
    ...{ programme, versionId, state, channel: filing.channel, filedOn: on },
    steps: terms.steps.map(({ step }) => step),
    claimYear: filing.claimYear ?? claimYearOf(terms, on),
    dueOn: deadlineOf(state, terms, on, holidays),
    overallDueOn: terms.overallDays === null ? null : addWorkingDays(on, terms.overallDays, holidays),
    ...{ agentId: agent?.id ?? null, authorisation: agent?.authorisation ?? null },
    authorisedOn: agent?.authorisedOn ?? null,
    source: access.actorKind === 'client' ? 'API' : 'MANUAL',
    sourceRef: filing.sourceRef ?? null,
  }
  const filed = await insertApplications(
    tx,
    access,
    set,
    rows.map((row) => filedRow(row, terms, at)),
    at,
  )
  if (filed.length === 0) return filed
  const people = filed.map(({ subjectId }) => subjectId)
  if (!filing.isDraft) await checkClaimants(tx, office, access, { people, programme, on })
  const entityId = filed.length === 1 ? filed[0]!.id : null
  await record(tx, access, { action: 'create', entity: 'application', entityId, rows: filed.length }, at)
  return filed
}

function filedRow(row: FilingRow, terms: Terms['terms'], at: Date) {
  const applicantId = row.applicantId ?? row.payeeId ?? row.subjectId
  const papers = terms.evidence.filter(({ required, fact }) => required && fact === null)
  return {
    ...{ id: row.id ?? newId(at.getTime()), subjectId: row.subjectId, applicantId },
    payeeId: row.payeeId ?? (terms.payTo === 'GUARDIAN' ? applicantId : row.subjectId),
    ...{ accountId: row.accountId ?? null, isMet: row.isMet ?? null, level: row.level ?? '' },
    missing: row.missing ?? papers.map(({ type }) => type),
  }
}

import type { Application, ApplicationRow } from '@youyu/shared/subsidies/application-case'
import type {
  countApplications,
  listApplicationQueue,
  listApplications,
  reevaluateDecision,
  revealApplication,
} from '@youyu/shared/subsidies/applications'
import { factCatalogue, type FactName } from '@youyu/shared/subsidies/facts'
import type { Id, Page } from '@youyu/shared/values'
import type { z } from 'zod'
import type { Access } from '../../../access/access.ts'
import { record } from '../../../audit/index.ts'
import { reading, transaction } from '../../../database/transaction.ts'
import { keyIn, pageOf } from '../../../http/paging.ts'
import { todayOf, type Office } from '../../../office.ts'
import { Refused } from '../../../refused.ts'
import { shownRow } from './application-row.ts'
import { shownCase } from './case.ts'
import { factsOfDecision } from './deciding.ts'
import { factText, judged, told } from './judging.ts'
import * as queries from './queries.ts'
import { selectAppeals, selectDecisions } from './queries-history.ts'
import { statesDecidedBy } from './rules.ts'
import { termsOfVersion } from './terms.ts'
import { opened } from './words.ts'

type Listing = z.output<(typeof listApplications)['schema']['querystring']>
export async function listAll(
  office: Office,
  access: Access,
  { limit, cursor, county: _, ...filter }: Listing,
): Promise<Page<ApplicationRow>> {
  const after = keyIn(cursor, ['string', 'string'])
  const today = todayOf(office.now())
  const rows = await reading(office.db, access, (tx) =>
    queries.selectApplications(tx, access, filter, after, limit + 1),
  )
  return pageOf(
    rows,
    limit,
    (row) => shownRow(row, access, today),
    (row) => [row.filedOn, row.id],
  )
}

type Queue = z.output<(typeof listApplicationQueue)['schema']['querystring']>
/** What waits for the reader's decision, the nearest deadline first. */
export async function listQueue(
  office: Office,
  access: Access,
  { limit, cursor, county: _, isOverdue, ...filter }: Queue,
): Promise<Page<ApplicationRow>> {
  const after = keyIn(cursor, ['string', 'string'])
  const today = todayOf(office.now())
  const states = statesDecidedBy(access.role)
  const asked = {
    ...filter,
    ...{ states, lateOpinions: states.includes('TOWN_REVIEW'), dueBefore: isOverdue ? today : undefined },
  }
  const rows = await reading(office.db, access, (tx) =>
    queries.selectQueue(tx, access, asked, { today, after, limit: limit + 1 }),
  )
  return pageOf(
    rows,
    limit,
    (row) => shownRow(row, access, today),
    (row) => [row.dueOn ?? '9999-12-31', row.id],
  )
}

type Counts = z.output<(typeof countApplications)['schema']['response'][200]>
export async function countAll(
  office: Office,
  access: Access,
  division: string | undefined,
): Promise<Counts> {
  const today = todayOf(office.now())
  const states = statesDecidedBy(access.role)
  const rows = await reading(office.db, access, (tx) => queries.countByState(tx, access, division, today))
  return { items: rows.map((row) => ({ ...row, isMine: states.includes(row.state) })) }
}

export async function readCase(office: Office, access: Access, id: Id): Promise<Application> {
  const application = await reading(office.db, access, (tx) => shownCase(tx, office, access, id))
  const division = application.division.code
  office.views.note(access, { action: 'view', entity: 'application', entityId: id, division })
  return application
}

type RevealAsked = z.output<(typeof revealApplication)['schema']['body']>
type Revealed = z.output<(typeof revealApplication)['schema']['response'][200]>
/** Words of the applicant, for a stated purpose. */
export async function reveal(
  office: Office,
  access: Access,
  id: Id,
  { purpose, reason }: RevealAsked,
): Promise<Revealed> {
  if (!access.purposes.includes(purpose))
    throw new Refused('purpose-required', { errors: [{ pointer: '/purpose', code: 'purpose-required' }] })
  const at = office.now()
  return await transaction(office.db, access, async (tx) => {
    const application = await queries.findApplication(tx, access, id)
    if (!application) throw new Refused('not-found')
    const { divisionCode: division, declarationCipher } = application
    const fields = ['declaration']
    const deed = {
      action: 'reveal',
      entity: 'application',
      entityId: id,
      division,
      fields,
      purpose,
      reason,
    } as const
    await record(tx, access, deed, at)
    const appeals = await selectAppeals(tx, access, id)
    return {
      declaration: opened(office, access, id, declarationCipher),
      grounds: appeals.map(({ groundsCipher }) => opened(office, access, id, groundsCipher)!),
    }
  })
}

type Reevaluated = z.output<(typeof reevaluateDecision)['schema']['response'][200]>
/** 再评估: the facts it stood on under the version it stood on. */
export async function reevaluate(
  office: Office,
  access: Access,
  id: Id,
  decisionId: Id,
): Promise<Reevaluated> {
  return await reading(office.db, access, async (tx) => {
    const application = await queries.findApplication(tx, access, id)
    const decision =
      application && (await selectDecisions(tx, access, id)).find((each) => each.id === decisionId)
    if (!application || !decision) throw new Refused('not-found')
    const { terms } = await termsOfVersion(tx, decision.versionId)
    const kept = factsOfDecision(office, access, id, decision)
    const again = judged(access, decision.versionId, terms, kept.facts, decision.asOf)
    office.views.note(access, {
      action: 'view',
      entity: 'application',
      entityId: id,
      division: application.divisionCode,
    })
    return {
      isSame: again.isMet === decision.isMet && again.level === decision.level,
      decided: { isMet: decision.isMet, level: decision.level, on: decision.decidedOn },
      evaluation: told(again, terms.rule, { withValues: true }),
      rule: terms.rule,
      facts: (Object.entries(kept.facts) as [FactName, never][]).map(([fact, value]) => ({
        ...{ fact, zh: factText(fact, value, 'zh'), en: factText(fact, value, 'en') },
        ...{ source: kept.sources[fact] ?? factCatalogue[fact].source, at: kept.readAt },
      })),
    }
  })
}

import type { z } from 'zod'
import type {
  endFamilyProject,
  FamilyProject,
  listFamilyProjects,
  NewFamilyProject,
  ProjectSums,
} from '@youyu/shared/subsidies/family-projects'
import type { Id, Page } from '@youyu/shared/values'
import { covers, type Access } from '../../../access/access.ts'
import { record } from '../../../audit/index.ts'
import { newId } from '../../../crypto/ids.ts'
import type { Transaction } from '../../../database/connect.ts'
import { reading, transaction } from '../../../database/transaction.ts'
import { keyIn, pageOf } from '../../../http/paging.ts'
import { todayOf, type Office } from '../../../office.ts'
import { Refused } from '../../../refused.ts'
import * as queries from './queries.ts'

const shown = ({ code, place, voidedAt: _, ...rest }: queries.ProjectRecord): FamilyProject => ({
  ...rest,
  place: { code, name: place ?? code },
})

type Asked = z.output<(typeof listFamilyProjects)['schema']['querystring']>

export async function list(
  { db }: Office,
  access: Access,
  { limit, cursor, ...filter }: Asked,
): Promise<Page<FamilyProject>> {
  const after = keyIn(cursor, ['string', 'string'])
  const rows = await reading(db, access, (tx) => queries.selectProjects(tx, access, filter, after, limit + 1))
  return pageOf(rows, limit, shown, (row) => [row.startedOn, row.id])
}

export async function sums({ db }: Office, access: Access, year: number | undefined): Promise<ProjectSums> {
  return await reading(db, access, (tx) => queries.sumProjects(tx, access, year))
}

export async function start(
  office: Office,
  access: Access,
  projects: readonly NewFamilyProject[],
): Promise<{ entered: number; fundFen: number }> {
  const at = office.now()
  return await transaction(office.db, access, async (tx) => {
    const known = await queries.placesKnown(
      tx,
      projects.map(({ division }) => division),
    )
    projects.forEach(({ division, startedOn }, index) => {
      if (!known.has(division)) throw Refused.field(`/projects/${index}/division`, 'unknown-division')
      if (!covers(access.prefixes, division))
        throw Refused.field(`/projects/${index}/division`, 'out-of-area')
      if (startedOn > todayOf(at)) throw Refused.field(`/projects/${index}/startedOn`, 'invalid-date')
    })
    const entered = projects.map((project) => ({ ...project, id: newId(at.getTime()) }))
    await queries.insertProjects(tx, access, entered, at)
    await record(tx, access, { action: 'create', entity: 'family-project', rows: entered.length }, at)
    return { entered: entered.length, fundFen: entered.reduce((sum, { fundFen }) => sum + fundFen, 0) }
  })
}

async function changing(
  office: Office,
  access: Access,
  id: Id,
  work: (tx: Transaction, project: queries.ProjectRecord, at: Date) => Promise<void>,
): Promise<FamilyProject> {
  const at = office.now()
  return await transaction(office.db, access, async (tx) => {
    const project = await queries.findProject(tx, access, id, { locked: true })
    if (!project) throw new Refused('not-found')
    if (project.voidedAt) throw new Refused('conflict')
    await work(tx, project, at)
    const deed = { action: 'change' as const, entity: 'family-project', entityId: id, division: project.code }
    await record(tx, access, deed, at)
    return shown((await queries.findProject(tx, access, id))!)
  })
}

type Ended = z.output<(typeof endFamilyProject)['schema']['body']>

export async function end(office: Office, access: Access, id: Id, body: Ended): Promise<FamilyProject> {
  return await changing(office, access, id, async (tx, project, at) => {
    const { result, endedOn, note = null, incomeFen = null } = body
    if (project.result !== 'RUNNING') throw new Refused('already-decided')
    if (endedOn > todayOf(at) || endedOn < project.startedOn) throw Refused.field('/endedOn', 'invalid-date')
    await queries.endProject(tx, access.county, id, { result, endedOn, note, incomeFen }, at)
  })
}

export async function cancel(office: Office, access: Access, id: Id, reason: string): Promise<FamilyProject> {
  return await changing(office, access, id, async (tx, _, at) => {
    await queries.voidProject(tx, access.county, id, reason, at)
  })
}

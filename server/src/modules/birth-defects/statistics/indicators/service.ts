import type {
  downloadBirthDefectIndicators,
  getBirthDefectIndicator,
} from '@youyu/shared/birth-defects/statistics'
import type { EndpointOutput } from '@youyu/shared/endpoint'
import type { z } from 'zod'
import type { Access } from '../../../../access/access.ts'
import { reading } from '../../../../database/transaction.ts'
import type { Office } from '../../../../office.ts'
import { countyAsked, readIndicator, tableFile } from '../../../population/index.ts'
import { findCountedOn } from '../recounts/queries.ts'
import { birthDefectCatalogue } from './catalogue.ts'

type Query = z.output<(typeof getBirthDefectIndicator)['schema']['querystring']>

/** Lived at is what counts: services have no hukou. */
const population = 'residence'

export async function readBirthDefectIndicator(
  office: Office,
  access: Access,
  code: string,
  query: Query,
): Promise<EndpointOutput<typeof getBirthDefectIndicator>> {
  const { county } = countyAsked(access, query.division)
  const [answer, countedOn] = await Promise.all([
    readIndicator(office, access, birthDefectCatalogue, code, { ...query, population }),
    reading(office.db, access, (tx) => findCountedOn(tx, county, query)),
  ])
  return { ...answer, countedOn }
}

type Tables = z.output<(typeof downloadBirthDefectIndicators)['schema']['querystring']>

export async function birthDefectTableFile(office: Office, access: Access, asked: Tables) {
  countyAsked(access, asked.division)
  const tables = {
    catalogue: birthDefectCatalogue,
    title: '出生缺陷干预指标',
    entity: 'birth-defect-indicators',
  }
  return await tableFile(office, access, tables, { ...asked, population })
}

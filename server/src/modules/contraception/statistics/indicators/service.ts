import type { downloadCareIndicators, getCareIndicator } from '@youyu/shared/contraception/statistics'
import type { z } from 'zod'
import type { Access } from '../../../../access/access.ts'
import type { Office } from '../../../../office.ts'
import { countyAsked, readIndicator, tableFile } from '../../../population/index.ts'
import { countUnionWomen } from '../prevalence/service.ts'
import { careCatalogue } from './catalogue.ts'

type Query = z.output<(typeof getCareIndicator)['schema']['querystring']>

/** Lived at is what counts: services have no hukou. */
const population = 'residence'

export async function readCareIndicator(office: Office, access: Access, code: string, query: Query) {
  countyAsked(access, query.division)
  if (code === 'CON-01') await countUnionWomen(office, access)
  return await readIndicator(office, access, careCatalogue, code, { ...query, population })
}

type Tables = z.output<(typeof downloadCareIndicators)['schema']['querystring']>

export async function careTableFile(office: Office, access: Access, asked: Tables) {
  countyAsked(access, asked.division)
  await countUnionWomen(office, access)
  const tables = { catalogue: careCatalogue, title: '避孕节育指标', entity: 'care-indicators' }
  return await tableFile(office, access, tables, { ...asked, population })
}

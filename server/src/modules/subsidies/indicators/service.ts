import type { EndpointOutput } from '@youyu/shared/endpoint'
import type { downloadSubsidyIndicators, getSubsidyIndicator } from '@youyu/shared/subsidies/indicators'
import type { z } from 'zod'
import type { Access } from '../../../access/access.ts'
import type { Office } from '../../../office.ts'
import { readIndicator, tableFile, type TableFile } from '../../population/index.ts'
import { subsidyCatalogue } from './catalogue.ts'

type Query = z.output<(typeof getSubsidyIndicator)['schema']['querystring']>
type Tables = z.output<(typeof downloadSubsidyIndicators)['schema']['querystring']>

/** Benefits belong to the hukou: both ways of counting mean the same place. */
const population = 'hukou'

export async function readSubsidyIndicator(
  office: Office,
  access: Access,
  code: string,
  query: Query,
): Promise<EndpointOutput<typeof getSubsidyIndicator>> {
  return await readIndicator(office, access, subsidyCatalogue, code, { ...query, population })
}

export async function subsidyTableFile(office: Office, access: Access, asked: Tables): Promise<TableFile> {
  const tables = { catalogue: subsidyCatalogue, title: '利益导向指标', entity: 'subsidy-indicators' }
  return await tableFile(office, access, tables, { ...asked, population })
}

import type {
  listOperatorLicences,
  NewOperatorLicence,
  OperatorLicence,
} from '@youyu/shared/contraception/operator-licences'
import type { Id, Page } from '@youyu/shared/values'
import type { z } from 'zod'
import { covers, type Access } from '../../../../access/access.ts'
import { record } from '../../../../audit/index.ts'
import { newId } from '../../../../crypto/ids.ts'
import type { Transaction } from '../../../../database/connect.ts'
import { reading, transaction } from '../../../../database/transaction.ts'
import { assertVersion } from '../../../../http/conditional.ts'
import { keyIn, pageOf } from '../../../../http/paging.ts'
import type { Office } from '../../../../office.ts'
import { Refused } from '../../../../refused.ts'
import {
  divisionOfOrganisation,
  findLicence,
  insertLicence,
  selectLicences,
  updateLicence,
} from './queries.ts'

type Asked = z.output<(typeof listOperatorLicences)['schema']['querystring']>

export async function listAll(
  { db }: Office,
  access: Access,
  { limit, cursor, ...filter }: Asked,
): Promise<Page<OperatorLicence>> {
  const after = keyIn(cursor, ['string', 'string'])
  const rows = await reading(db, access, (tx) => selectLicences(tx, access, filter, after, limit + 1))
  return pageOf(
    rows,
    limit,
    (row) => row,
    (row) => [row.name, row.id],
  )
}

export async function readLicence({ db }: Office, access: Access, id: Id): Promise<OperatorLicence> {
  const licence = await reading(db, access, (tx) => findLicence(tx, access, id))
  if (!licence) throw new Refused('not-found')
  return licence
}

/** An expert comes from wherever she works; anybody else from a facility of the area. */
async function refuseOutside(
  tx: Transaction,
  access: Access,
  { organisationId, isExpert }: { organisationId: Id; isExpert: boolean },
): Promise<string> {
  const division = await divisionOfOrganisation(tx, organisationId)
  if (division === undefined) throw Refused.field('/organisationId', 'not-found')
  if (!isExpert && !covers(access.prefixes, division)) throw Refused.field('/organisationId', 'out-of-area')
  return division
}

export async function licenseOperator(
  { db, now }: Office,
  access: Access,
  body: NewOperatorLicence,
): Promise<OperatorLicence> {
  const at = now()
  return await transaction(db, access, async (tx) => {
    const isExpert = body.isExpert ?? false
    await refuseOutside(tx, access, { organisationId: body.organisationId, isExpert })
    const id = newId(at.getTime())
    await insertLicence(tx, {
      id,
      organisationId: body.organisationId,
      userId: body.userId ?? null,
      name: body.name,
      certificateNumber: body.certificateNumber,
      procedures: [...new Set(body.procedures)],
      validFrom: body.validFrom,
      validUntil: body.validUntil ?? null,
      isExpert,
      status: body.status ?? 'active',
      version: 1,
      recordedAt: at,
      updatedAt: at,
    })
    const [licence] = await Promise.all([
      findLicence(tx, access, id),
      record(tx, access, { action: 'configure', entity: 'operator-licence', entityId: id }, at),
    ])
    return licence as OperatorLicence
  })
}

export async function changeLicence(
  { db, now }: Office,
  access: Access,
  id: Id,
  set: { [Field in keyof NewOperatorLicence]?: NewOperatorLicence[Field] | undefined },
  version: number,
): Promise<OperatorLicence> {
  const at = now()
  return await transaction(db, access, async (tx) => {
    const before = await findLicence(tx, access, id)
    if (!before) throw new Refused('not-found')
    assertVersion(version, before.version)
    const { organisationName: _, ...kept } = before
    const given = Object.fromEntries(Object.entries(set).filter(([, value]) => value !== undefined))
    const changed = { ...kept, ...given }
    await refuseOutside(tx, access, changed)
    if (!(await updateLicence(tx, changed, at))) throw new Refused('precondition-failed')
    const fields = Object.keys(given)
    const [licence] = await Promise.all([
      findLicence(tx, access, id),
      record(tx, access, { action: 'configure', entity: 'operator-licence', entityId: id, fields }, at),
    ])
    return licence as OperatorLicence
  })
}

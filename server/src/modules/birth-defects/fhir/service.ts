import type { z } from 'zod'
import { barcodeIn, type FhirBundle, type listFhirObservations } from '@youyu/shared/birth-defects/fhir'
import type { LabWorkWhole } from '@youyu/shared/birth-defects/laboratory'
import type { Id } from '@youyu/shared/values'
import type { Access } from '../../../access/access.ts'
import { record } from '../../../audit/index.ts'
import { sha256 } from '../../../crypto/keys.ts'
import type { Transaction } from '../../../database/connect.ts'
import { reading, transaction } from '../../../database/transaction.ts'
import { keyIn, pageOf } from '../../../http/paging.ts'
import type { Office } from '../../../office.ts'
import { Refused, type WrongField } from '../../../refused.ts'
import { careDeed } from '../../contraception/index.ts'
import { postBatch, selectPanels, worksNamed } from '../laboratory/index.ts'
import { findOrderOfResult, selectLoinc, selectOrderIds } from './queries.ts'
import { pathOf, readBundle, type Fault } from './rules-bundle.ts'
import {
  diagnosticReportOf,
  observationOf,
  operationOutcomeOf,
  searchsetOf,
  serviceRequestOf,
  type Terms,
} from './rules-resources.ts'

const MOST = 500

const wrongField = ({ entry, path, code, detail }: Fault): WrongField => ({
  pointer: `/entry/${entry}/resource${path ? `/${path.replaceAll('.', '/')}` : ''}`,
  code,
  ...(detail !== undefined && { detail }),
})

/** What a laboratory sends as FHIR goes the way of every batch; the answer names the entries. */
export async function takeBundle(office: Office, access: Access, bundle: FhirBundle): Promise<object> {
  const { rows, faults, dropped } = readBundle(bundle, await reading(office.db, access, selectLoinc))
  const isWhole = bundle.type !== 'batch'
  if (isWhole && faults.length > 0)
    throw new Refused('invalid-request', { errors: faults.slice(0, 100).map(wrongField) })
  if (rows.length > MOST)
    throw new Refused('invalid-request', { errors: [{ pointer: '/entry', code: 'invalid-value' }] })

  const problems = new Map<number, Fault[]>()
  for (const fault of faults) problems.set(fault.entry, [...(problems.get(fault.entry) ?? []), fault])
  if (rows.length > 0)
    for (const fault of await post(office, access, bundle, rows, isWhole))
      problems.set(fault.entry, [...(problems.get(fault.entry) ?? []), fault])

  const isRead = new Set(rows.map(({ entry }) => entry))
  return {
    resourceType: 'Bundle',
    type: isWhole ? 'transaction-response' : 'batch-response',
    entry: bundle.entry.map((_, entry) => responseOf(entry, problems.get(entry) ?? [], isRead, dropped)),
  }
}

async function post(
  office: Office,
  access: Access,
  bundle: FhirBundle,
  rows: ReturnType<typeof readBundle>['rows'],
  isWhole: boolean,
): Promise<Fault[]> {
  const reference = referenceOf(bundle)
  const faultAt = (row: number, code: string): Fault => ({
    entry: rows[row]!.entry,
    path: '',
    code: code as Fault['code'],
  })
  try {
    const { problems } = await postBatch(office, access, {
      ...{ reference, mode: isWhole ? 'WHOLE' : 'ROWS', channel: 'FHIR' },
      rows: rows.map(({ row }) => row),
    })
    return problems.map(({ row, code, pointer }) => ({
      ...faultAt(row, code),
      path: pathOf(pointer.split('/').at(-1) ?? ''),
    }))
  } catch (error) {
    if (!(error instanceof Refused) || !error.details.errors) throw error
    const errors = error.details.errors.map(({ pointer, code }) => {
      const [, row, field = ''] = /^\/rows\/(\d+)\/(\w*)$/.exec(pointer) ?? []
      return row === undefined
        ? { pointer: '/identifier', code }
        : wrongField({ ...faultAt(Number(row), code), path: pathOf(field) })
    })
    throw new Refused(error.code, { errors })
  }
}

/** The Bundle's own number; without one its contents are its number. */
function referenceOf({ identifier, id, entry }: FhirBundle): string {
  const own = identifier?.value ?? id
  if (own && /^[\x21-\x7e]{1,60}$/.test(own)) return own
  return `fhir-${sha256(JSON.stringify([own, entry]))
    .toString('hex')
    .slice(0, 40)}`
}

function responseOf(
  entry: number,
  faults: readonly Fault[],
  isRead: ReadonlySet<number>,
  dropped: readonly number[],
): object {
  if (dropped.includes(entry)) {
    const outcome = noteOf('fetal-sex-removed', entry)
    return { response: { status: '200', outcome } }
  }
  const wrong = faults.filter(({ code }) => code !== 'fetal-sex-removed')
  if (wrong.length > 0)
    return {
      response: {
        status: '422',
        outcome: operationOutcomeOf({
          ...{ status: 422, code: 'invalid-request', title: '', errors: wrong.map(wrongField) },
        }),
      },
    }
  const outcome = faults.length > 0 && noteOf('fetal-sex-removed', entry)
  return { response: { status: isRead.has(entry) ? '201' : '200', ...(outcome && { outcome }) } }
}

/** Nothing is wrong, but something was left out. */
function noteOf(code: string, entry: number): object {
  const details = { coding: [{ system: 'urn:youyu:problem', code }] }
  const expression = [`Bundle.entry[${entry}].resource`]
  return {
    resourceType: 'OperationOutcome',
    issue: [{ severity: 'information', code: 'suppressed', details, expression }],
  }
}

type Asked = z.output<(typeof listFhirObservations)['schema']['querystring']>
type Kind = 'ServiceRequest' | 'DiagnosticReport' | 'Observation'
type Resource = { resourceType: string; id: string }

async function termsIn(tx: Transaction): Promise<(order: LabWorkWhole) => Terms> {
  const panels = await selectPanels(tx)
  return ({ panelCode }) => {
    const panel = panels.find(({ code }) => code === panelCode)!
    return { panel, analytes: new Map(panel.analytes.map((analyte) => [analyte.code, analyte])) }
  }
}

function resourcesOf(kind: Kind, order: LabWorkWhole, terms: Terms): Resource[] {
  if (kind === 'ServiceRequest') return [serviceRequestOf(order, terms)]
  if (kind === 'DiagnosticReport')
    return order.results.length > 0 ? [diagnosticReportOf(order, order.results, terms)] : []
  return order.results.map((result) => observationOf(order, result, terms))
}

/** Pages of orders; what they have of a kind is the page. */
export async function searchResources(
  office: Office,
  access: Access,
  kind: Kind,
  { identifier, _count: limit, cursor }: Asked,
): Promise<object> {
  const after = keyIn(cursor, ['string'])?.[0] ?? null
  if (after !== null && !/^[0-9a-f-]{36}$/.test(after))
    throw new Refused('invalid-cursor', { errors: [{ pointer: '?cursor', code: 'invalid-cursor' }] })
  const barcode = identifier === undefined ? null : barcodeIn(identifier)
  if (identifier !== undefined && barcode === null) return searchsetOf([], null)
  const { found, ids, termsOf } = await reading(office.db, access, async (tx) => {
    const named = await selectOrderIds(tx, access, { barcode, after }, limit + 1)
    const works = named.length === 0 ? [] : await worksNamed(tx, office, access, named.slice(0, limit))
    return { found: works, ids: named, termsOf: await termsIn(tx) }
  })
  for (const { clientId } of found)
    office.views.note(access, careDeed(office, clientId, 'view', 'lab-work', { reason: 'FHIR' }))
  const { nextCursor } = pageOf(
    ids,
    limit,
    (id) => id,
    (id) => [id],
  )
  const next = nextCursor && `${kind}?_count=${limit}&cursor=${encodeURIComponent(nextCursor)}`
  return searchsetOf(
    found.flatMap((order) => resourcesOf(kind, order, termsOf(order))),
    next,
  )
}

export async function readResource(office: Office, access: Access, kind: Kind, id: Id): Promise<object> {
  return await transaction(office.db, access, async (tx) => {
    const orderId = kind === 'Observation' ? await findOrderOfResult(tx, access, id) : id
    const [order] = orderId === undefined ? [] : await worksNamed(tx, office, access, [orderId])
    const resource =
      order && resourcesOf(kind, order, (await termsIn(tx))(order)).find((each) => each.id === id)
    if (!order || !resource) throw new Refused('not-found')
    const deed = careDeed(office, order.clientId, 'view', 'lab-work', { reason: 'FHIR' })
    await record(tx, access, deed, office.now())
    return resource
  })
}

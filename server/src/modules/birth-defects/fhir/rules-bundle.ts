import { tellsFetalSex } from '@youyu/shared/birth-defects/fetal-sex'
import {
  FhirDiagnosticReport,
  FhirObservation,
  FhirServiceRequest,
  fhirSystems,
  type FhirBundle,
  type FhirCodeableConcept,
} from '@youyu/shared/birth-defects/fhir'
import { LabFlag, tellsOfSexChromosomes } from '@youyu/shared/birth-defects/lab-codes'
import { LabResultRow } from '@youyu/shared/birth-defects/laboratory'
import type { ErrorCode } from '@youyu/shared/errors'
import type { z } from 'zod'

export type Fault = { entry: number; path: string; code: ErrorCode; detail?: string }
export type Read = {
  rows: { entry: number; row: LabResultRow }[]
  faults: Fault[]
  /** Entries that told of sex chromosomes or of the sex of a fetus: dropped, and said so (E7). */
  dropped: number[]
}

const accepted = ['final', 'amended', 'corrected', 'appended']
/** Read for the barcode or passed over; no person is looked up by them and nothing of them is kept. */
const companions = ['Patient', 'Specimen', 'Organization', 'Practitioner', 'MessageHeader', 'ServiceRequest']
const interpretations: Record<string, LabFlag> = {
  POS: 'POS',
  NEG: 'NEG',
  IND: 'GREY',
  H: 'HIGH',
  L: 'LOW',
  N: 'NORMAL',
  A: 'ABNORMAL',
}
const fetalSexLoinc = ['11882-8', '46098-0', '76691-5']

/** What a Bundle says, as rows of a batch; what cannot be read is named by its entry. */
export function readBundle(bundle: FhirBundle, codeOfLoinc: ReadonlyMap<string, string>): Read {
  const read: Read = { rows: [], faults: [], dropped: [] }
  const barcodes = barcodesIn(bundle)
  bundle.entry.forEach(({ resource, fullUrl }, entry) => {
    const fault = (path: string, code: ErrorCode, detail?: string) =>
      read.faults.push({ entry, path, code, ...(detail !== undefined && { detail }) })
    if ('modifierExtension' in resource || 'implicitRules' in resource)
      return fault('modifierExtension', 'fhir-unsupported')
    if (resource.resourceType === 'DiagnosticReport') return parsed(FhirDiagnosticReport, resource, fault)
    if (companions.includes(resource.resourceType)) return
    if (resource.resourceType !== 'Observation') return fault('resourceType', 'fhir-unsupported')
    const observation = parsed(FhirObservation, resource, fault)
    if (!observation) return
    if (tellsOfSex(observation.code)) return read.dropped.push(entry)
    const row = rowOf(observation, barcodes.of(observation, fullUrl, resource.id), codeOfLoinc, fault)
    if (row) read.rows.push({ entry, row })
  })
  return read
}

type Tell = (path: string, code: ErrorCode, detail?: string) => unknown

function parsed<Schema extends z.ZodType>(
  schema: Schema,
  resource: unknown,
  fault: Tell,
): z.output<Schema> | undefined {
  const result = schema.safeParse(resource)
  if (result.success) return result.data
  for (const issue of result.error.issues.slice(0, 5))
    fault(issue.path.map(String).join('.'), 'invalid-value', issue.message)
  return undefined
}

function tellsOfSex({ coding = [], text }: FhirCodeableConcept): boolean {
  return (
    coding.some(
      ({ code, display }) =>
        (code !== undefined && (tellsOfSexChromosomes(code) || fetalSexLoinc.includes(code))) ||
        (display !== undefined && tellsFetalSex(display)),
    ) ||
    (text !== undefined && tellsFetalSex(text))
  )
}

/** How entries name each other, and where the barcode of an answer stands: at its order, or at the order of its report. */
function barcodesIn(bundle: FhirBundle) {
  const ofRequest = new Map<string, string>()
  const ofObservation = new Map<string, string>()
  const namesOf = (fullUrl: string | undefined, type: string, id: string | undefined) =>
    [fullUrl, id && `${type}/${id}`].filter((name): name is string => Boolean(name))

  for (const { fullUrl, resource } of bundle.entry) {
    const request = FhirServiceRequest.safeParse(resource)
    const barcode = request.success && barcodeAmong(request.data.identifier ?? [])
    if (barcode)
      for (const name of namesOf(fullUrl, 'ServiceRequest', resource.id)) ofRequest.set(name, barcode)
  }
  const at = (basedOn: FhirObservation['basedOn']) => {
    for (const { reference, identifier } of basedOn ?? []) {
      const barcode = (identifier && barcodeAmong([identifier])) ?? (reference && ofRequest.get(reference))
      if (barcode) return barcode
    }
    return undefined
  }
  for (const { resource } of bundle.entry) {
    const report = FhirDiagnosticReport.safeParse(resource)
    const barcode = report.success && at(report.data.basedOn)
    if (barcode)
      for (const { reference } of report.data.result ?? [])
        if (reference) ofObservation.set(reference, barcode)
  }
  return {
    of: ({ basedOn }: FhirObservation, fullUrl: string | undefined, id: string | undefined) =>
      at(basedOn) ??
      namesOf(fullUrl, 'Observation', id)
        .map((name) => ofObservation.get(name))
        .find((barcode) => barcode !== undefined),
  }
}

function barcodeAmong(
  identifiers: readonly { system?: string | undefined; value?: string | undefined }[],
): string | undefined {
  const ours = identifiers.find(({ system }) => system === fhirSystems.barcode)
  return (ours ?? identifiers.find(({ system }) => system === undefined))?.value
}

function rowOf(
  observation: FhirObservation,
  barcode: string | undefined,
  codeOfLoinc: ReadonlyMap<string, string>,
  fault: Tell,
): LabResultRow | undefined {
  const { status, code, valueQuantity, valueCodeableConcept, interpretation = [], note = [] } = observation
  if (!accepted.includes(status)) return void fault('status', 'fhir-not-final')
  if ('component' in observation) return void fault('component', 'fhir-unsupported')
  if (valueQuantity?.comparator !== undefined)
    return void fault('valueQuantity.comparator', 'fhir-unsupported')
  const analyte = analyteOf(code, codeOfLoinc)
  if (!analyte) return void fault('code', 'unknown-analyte')
  if (!barcode) return void fault('basedOn', 'required')
  const measuredOn = dayOf(observation.effectiveDateTime ?? observation.issued)
  if (!measuredOn) return void fault('effectiveDateTime', 'invalid-date')
  const flag = [valueCodeableConcept, ...interpretation].map(flagOf).find((each) => each !== undefined)
  if (valueCodeableConcept && flag === undefined)
    return void fault('valueCodeableConcept', 'flag-not-allowed')
  const text = note.map((each) => each.text?.trim() ?? '').filter(Boolean)
  const row = LabResultRow.safeParse({
    ...{ barcode, analyte, flag, measuredOn, number: valueQuantity?.value },
    unit: valueQuantity?.value === undefined ? undefined : (valueQuantity.unit ?? valueQuantity.code),
    note: text.length > 0 ? text.join('\n') : undefined,
    correction: status === 'final' ? undefined : status,
  })
  if (!row.success) {
    const [issue] = row.error.issues
    return void fault(pathOf(String(issue?.path[0] ?? '')), 'invalid-value', issue?.message)
  }
  return row.data
}

function analyteOf({ coding = [] }: FhirCodeableConcept, codeOfLoinc: ReadonlyMap<string, string>) {
  const own = coding.find(({ system }) => system === fhirSystems.analyte)?.code
  const loinc = coding.find(({ system, code }) => system === fhirSystems.loinc && code)?.code
  return own ?? (loinc === undefined ? undefined : codeOfLoinc.get(loinc))
}

function flagOf(concept: FhirCodeableConcept | undefined): LabFlag | undefined {
  for (const { system, code = '' } of concept?.coding ?? []) {
    const flag = LabFlag.safeParse(code)
    if (system === fhirSystems.flag && flag.success) return flag.data
    if (system === fhirSystems.interpretation && interpretations[code]) return interpretations[code]
  }
  return undefined
}

const civilDay = new Intl.DateTimeFormat('en-CA', { timeZone: 'Asia/Shanghai' })

/** The day in Asia/Shanghai of a FHIR dateTime that says at least the day. */
export function dayOf(moment: string | undefined): string | undefined {
  if (!moment || !/^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:\d{2}))?$/.test(moment))
    return undefined
  const date = new Date(moment)
  if (Number.isNaN(date.getTime())) return undefined
  return moment.length === 10 ? moment : civilDay.format(date)
}

const elements: Record<string, string> = {
  barcode: 'basedOn',
  analyte: 'code',
  flag: 'valueCodeableConcept',
  number: 'valueQuantity.value',
  unit: 'valueQuantity.unit',
  measuredOn: 'effectiveDateTime',
  note: 'note',
  correction: 'status',
}

/** The element of an Observation that a field of a row was read from. */
export function pathOf(field: string): string {
  return elements[field] ?? ''
}

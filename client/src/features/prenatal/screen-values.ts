import type { PrenatalScreen } from '@youyu/shared/birth-defects/prenatal'
import type { ScreenKind } from '@youyu/shared/birth-defects/prenatal-values'
import { filled } from './words.ts'

/** What a report of a kind is asked for. */
export const asked = {
  NT: ['nuchalMillimetres', 't21OneIn', 't18OneIn'],
  SERUM: ['t21OneIn', 't18OneIn', 'afpMom'],
  NIPT: ['t21Call', 't18Call', 't13Call'],
  ANOMALY_SCAN: ['scan'],
  OGTT: ['glucose0h', 'glucose1h', 'glucose2h'],
} as const satisfies Record<ScreenKind, readonly string[]>
export type Measure = (typeof asked)[ScreenKind][number]

const chosen = ['t21Call', 't18Call', 't13Call', 'scan']
const numbers = Object.values(asked)
  .flat()
  .filter((key) => !chosen.includes(key))

export function emptyScreen(today: string): Record<string, unknown> {
  return {
    ...{ womanId: '', kind: '', offeredOn: today, counsellor: '', understood: false, decision: '' },
    ...{ declineReason: '', takenOn: '', gestationDays: '', note: '' },
    report: { reportedOn: '', noCall: false, values: {}, group: false, groupIndication: '' },
  }
}

type Report = {
  reportedOn: string
  noCall: boolean
  values: Record<string, unknown>
  group: boolean
  groupIndication: string
}

/** What a form holds, as the contract wants it: no report before its day. */
export function screenIn(values: Record<string, unknown>): Record<string, unknown> {
  const { report: given, kind, ...rest } = values as { report: Report; kind: ScreenKind }
  const measures = (asked[kind] ?? []) as readonly string[]
  const report = given.reportedOn
    ? {
        reportedOn: given.reportedOn,
        noCall: given.noCall,
        values: filled(
          Object.fromEntries(Object.entries(given.values).filter(([key]) => measures.includes(key))),
          numbers,
        ),
        ...(given.group && {
          chromosomeGroup: {
            ...{ group: 'Q96-Q99', isMedicallyIndicated: true, indication: given.groupIndication },
          },
        }),
      }
    : undefined
  return { ...filled({ ...rest, kind }, ['gestationDays']), ...(report && { report }) }
}

/** A record, to be completed or corrected. */
export function valuesOf(screen: PrenatalScreen, today: string): Record<string, unknown> {
  const empty = emptyScreen(today)
  const text = (value: number | string | null) => (value === null ? '' : String(value))
  return {
    ...empty,
    ...{ womanId: screen.woman.id, kind: screen.kind, offeredOn: screen.offeredOn },
    ...{ counsellor: text(screen.counsellor), understood: screen.understood ?? false },
    decision: screen.decision === 'UNDECIDED' ? '' : screen.decision,
    ...{ takenOn: text(screen.takenOn), note: text(screen.note) },
    report: {
      ...(empty['report'] as Report),
      reportedOn: text(screen.reportedOn),
      noCall: screen.result === 'NO_CALL',
      values: Object.fromEntries(
        Object.entries(screen.values ?? {}).map(([key, value]) => [key, String(value)]),
      ),
    },
  }
}

import type { ProcedureType } from '@youyu/shared/contraception/care-value-sets'
import type { Circumstances } from '@youyu/shared/contraception/eligibility'
import type { MecPhase } from '@youyu/shared/contraception/mec-editions'
import type { MecMethod, MethodCode } from '@youyu/shared/contraception/methods'
import { currentForm } from '@youyu/shared/contraception/procedure-form'
import { blankCheck, checkIn, type CheckValues } from '../check-fields/index.ts'

/** What is on the screen while she is seen; '' is not filled in. */
export type EncounterDraft = {
  occurredOn: string
  place: string
  expertId: string
  checklist: string[]
  note: string
  choice: {
    channel: string
    intention: string
    methodsExplained: MethodCode[]
    effectivenessExplained: boolean
    sideEffectsExplained: boolean
    followUpExplained: boolean
    stiProtection: boolean
    decision: '' | 'OPEN' | 'ACCEPT' | 'DEFER' | 'DECLINE'
    chosenMethod: string
    choiceBy: string
    freeOfPressure: boolean
    consentForm: string
    consentReference: string
    partnerPresent: boolean
    note: string
  }
  screen: {
    /** Topics whose questions were all asked: what is not ticked is a no. */
    asked: string[]
    present: string[]
    circumstances: Partial<Record<keyof Circumstances, string | number | boolean>>
    note: string
  }
  override: { method: '' | MecMethod; phase: MecPhase; reason: string }
  consent: { evidence: string; formReference: string; guardianName: string }
  episode: {
    do: '' | 'START' | 'END'
    method: string
    deviceType: string
    startContext: string
    ownSource: string
    isDual: boolean
    episodeId: string
    endReason: string
  }
  procedure: {
    do: '' | 'REQUEST' | 'PERFORM' | 'DEFER' | 'CANCEL'
    id: string
    type: '' | ProcedureType
    indication: string
    scheduledOn: string
    reason: string
    operatorId: string
    payment: string
    method: string
    deviceType: string
    lotId: string
    startContext: string
    iudTiming: string
    cavityDepthMillimetres: string | number
    bloodLossMillilitres: string | number
    gestationDays: string | number
    isSmooth: boolean
    removalResult: string
    form: Record<string, string | number | boolean>
  }
  check: CheckValues
  complication: { isFound: boolean; type: string; severity: string; description: string }
  followUp: {
    taskId: string
    mode: string
    result: Record<string, string | number | boolean>
  }
  dispense: { storeId: string; itemCode: string; quantity: string | number }[]
  nextContact: { on: string; mode: string }
}

export function blankEncounter(today: string): EncounterDraft {
  return {
    occurredOn: today,
    place: 'STATION',
    expertId: '',
    checklist: [],
    note: '',
    choice: {
      channel: '',
      intention: '',
      methodsExplained: [],
      effectivenessExplained: false,
      sideEffectsExplained: false,
      followUpExplained: false,
      stiProtection: false,
      decision: '',
      chosenMethod: '',
      choiceBy: 'WOMAN',
      freeOfPressure: false,
      consentForm: '',
      consentReference: '',
      partnerPresent: false,
      note: '',
    },
    screen: { asked: [], present: [], circumstances: {}, note: '' },
    override: { method: '', phase: 'INITIATION', reason: '' },
    consent: { evidence: 'SIGNED', formReference: '', guardianName: '' },
    episode: {
      ...{ do: '', method: '', deviceType: '', startContext: 'INTERVAL', ownSource: 'FREE' },
      ...{ isDual: false, episodeId: '', endReason: '' },
    },
    procedure: {
      ...{ do: '', id: '', type: '', indication: 'REQUEST', scheduledOn: '', reason: '', operatorId: '' },
      ...{ payment: 'FREE_PROGRAMME', method: '', deviceType: '', lotId: '', startContext: '' },
      ...{ iudTiming: '' },
      ...{ cavityDepthMillimetres: '', bloodLossMillilitres: '', gestationDays: '', isSmooth: true },
      ...{ removalResult: '', form: {} },
    },
    check: blankCheck(),
    complication: { isFound: false, type: '', severity: 'MILD', description: '' },
    followUp: { taskId: '', mode: 'CLINIC', result: {} },
    dispense: [],
    nextContact: { on: '', mode: 'CLINIC' },
  }
}

type Filled = Record<string, unknown>

/** Without what was left blank. */
export function filled(values: Filled): Filled {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== '' && value !== undefined))
}

const isEmpty = (values: Filled) => Object.keys(values).length === 0

function choiceOf({ decision, intention, ...choice }: EncounterDraft['choice']): Filled | undefined {
  if (decision === '' && intention === '' && choice.methodsExplained.length === 0) return undefined
  const isAccepted = decision === 'ACCEPT'
  return filled({
    ...choice,
    intention,
    decision: decision === 'OPEN' || decision === '' ? null : decision,
    chosenMethod: isAccepted ? choice.chosenMethod : '',
    consentForm: decision === '' || decision === 'OPEN' ? '' : choice.consentForm,
  })
}

/** The questions of a topic, by its code. */
export type Questions = Readonly<Record<string, readonly string[]>>

/** Answers given today: a yes where ticked, a no for everything else of a topic that was asked through. */
export function answersOf(screen: EncounterDraft['screen'], questions: Questions) {
  const asked = new Set(screen.asked.flatMap((topic) => questions[topic] ?? []))
  const present = new Set(screen.present)
  return [...new Set([...asked, ...present])].map((finding) => ({
    finding,
    isPresent: present.has(finding),
  }))
}

export function screenOf(screen: EncounterDraft['screen'], questions: Questions): Filled | undefined {
  const answers = answersOf(screen, questions)
  const circumstances = filled(screen.circumstances)
  if (answers.length === 0 && isEmpty(circumstances)) return undefined
  return filled({ answers, circumstances, note: screen.note })
}

/** Put in, exchanged or tied: the operations that bring a method into use, and which. */
export const procedureFor: Partial<Record<MethodCode, ProcedureType>> = {
  M10: 'P06',
  M20: 'P07',
  M30: 'P01',
  M31: 'P01',
  M40: 'P04',
  M41: 'P04',
  M42: 'P04',
}
export const removalOf = (method: string): ProcedureType | null =>
  method === 'M30' || method === 'M31' ? 'P02' : /^M4[012]$/.test(method) ? 'P05' : null

function procedureOf(draft: EncounterDraft['procedure']): Filled | undefined {
  const { form, id, type, reason, scheduledOn, indication, ...performed } = draft
  switch (draft.do) {
    case '':
      return undefined
    case 'REQUEST':
      return filled({ do: draft.do, type, indication, scheduledOn })
    case 'DEFER':
    case 'CANCEL':
      return filled({ do: draft.do, id, reason })
    case 'PERFORM': {
      const values = filled(form)
      return filled({
        ...performed,
        id,
        type: id ? '' : type,
        indication,
        form: isEmpty(values) ? undefined : { version: currentForm.version, values },
      })
    }
  }
}

function episodeOf(draft: EncounterDraft['episode']): Filled | undefined {
  const { episodeId, endReason, ...started } = draft
  if (draft.do === 'START') return filled(started)
  return draft.do === 'END' ? filled({ do: draft.do, episodeId, endReason }) : undefined
}

function consentOf({ procedure, consent }: EncounterDraft): Filled | undefined {
  if (procedure.do !== 'PERFORM' || consent.evidence === '') return undefined
  return filled({
    ...consent,
    kind: 'PROCEDURE',
    procedureType: procedure.type,
    givenBy: consent.guardianName ? 'GUARDIAN' : 'SELF',
  })
}

/** The body of the request: only the parts that were filled in. */
export function bodyOf(draft: EncounterDraft, clientId: string, questions: Questions): Filled {
  const { complication, followUp, override, nextContact } = draft
  return filled({
    clientId,
    occurredOn: draft.occurredOn,
    place: draft.place,
    expertId: draft.expertId,
    checklist: draft.checklist,
    note: draft.note,
    choice: choiceOf(draft.choice),
    screen: screenOf(draft.screen, questions),
    override: override.reason ? override : undefined,
    consent: consentOf(draft),
    episode: episodeOf(draft.episode),
    procedure: procedureOf(draft.procedure),
    check: draft.check.items.length > 0 ? checkIn(draft.check) : undefined,
    complication: complication.isFound
      ? filled({
          type: complication.type,
          severity: complication.severity,
          description: complication.description,
          procedureType: draft.procedure.do === 'PERFORM' ? '' : draft.procedure.type,
        })
      : undefined,
    followUp: followUp.taskId ? { ...followUp, result: filled(followUp.result) } : undefined,
    dispense: draft.dispense.map(filled),
    nextContact: nextContact.on ? nextContact : undefined,
  })
}

export const partKeys = [
  'intention',
  'explained',
  'decision',
  'screen',
  'method',
  'procedure',
  'check',
  'followUp',
  'supply',
] as const
export type PartKey = (typeof partKeys)[number]

/** Which parts have something in them. */
export function partsFilled(draft: EncounterDraft, questions: Questions): Record<PartKey, boolean> {
  return {
    intention: draft.choice.intention !== '',
    explained: draft.choice.methodsExplained.length > 0,
    decision: draft.choice.decision !== '',
    screen: screenOf(draft.screen, questions) !== undefined,
    method: draft.episode.do !== '',
    procedure: draft.procedure.do !== '' || draft.complication.isFound,
    check: draft.check.items.length > 0,
    followUp: draft.followUp.taskId !== '' || draft.nextContact.on !== '',
    supply: draft.dispense.length > 0,
  }
}

import { z } from 'zod'
import { CivilDate, DivisionCode, Id } from '../values.ts'
import { ApplicationEvent, ApplicationState, ApplicationStep } from './application-states.ts'
import { FactName } from './facts.ts'
import { EvidenceType, ProgrammeCode } from './programmes.ts'

export const ApplicationChannel = z.enum(['ONLINE', 'ONE_THING', 'VILLAGE_AGENT', 'WINDOW', 'AUTO_PROPOSED'])
export type ApplicationChannel = z.infer<typeof ApplicationChannel>
export const applicationChannels: Record<ApplicationChannel, readonly [string, string]> = {
  ONLINE: ['本人网上申请', 'Online, by herself'],
  ONE_THING: ['出生一件事联办', 'With the birth, in one go'],
  VILLAGE_AGENT: ['村级代办', 'Village agent'],
  WINDOW: ['窗口申请', 'At the counter'],
  AUTO_PROPOSED: ['应享尽享提示', 'Proposed by the system'],
}

const Place = z.object({ code: DivisionCode, name: z.string().nullable() })
const Named = z.object({ id: Id, name: z.string(), birth: z.string().nullable() })

export const ApplicationRow = z.object({
  id: Id,
  number: z.string(),
  programme: z.object({ code: ProgrammeCode, zh: z.string(), en: z.string() }),
  /** Masked, as of the reader's clearance; of somebody outside her area not even that. */
  subject: Named.nullable(),
  applicant: Named.nullable(),
  claimYear: z.int().nullable(),
  channel: ApplicationChannel,
  division: Place,
  state: ApplicationState,
  stateSince: CivilDate,
  dueOn: CivilDate.nullable(),
  isOverdue: z.boolean(),
  filedOn: CivilDate,
  decidedOn: CivilDate.nullable(),
  isMet: z.boolean().nullable(),
  missing: z.array(EvidenceType),
  /** What the reader may do with it now. */
  deeds: z.array(ApplicationEvent),
  version: z.int(),
})
export type ApplicationRow = z.infer<typeof ApplicationRow>

/** One look at a part of the rule. The value is shown to those alone who decide on it. */
export const EvaluatedLeaf = z.object({
  path: z.string(),
  met: z.boolean(),
  facts: z.array(FactName),
  zh: z.string(),
  en: z.string(),
  value: z.object({ zh: z.string(), en: z.string() }).nullable(),
  /** Its own reason, or the nearest above it: what she is told where it is not met. */
  reason: z.object({ zh: z.string(), en: z.string() }),
  /** The value is not known: nobody has said. */
  isUnknown: z.boolean(),
})
export const Evaluation = z.object({
  isMet: z.boolean(),
  asOf: CivilDate,
  versionId: Id,
  level: z.string(),
  leaves: z.array(EvaluatedLeaf),
  /** The rule from above: what stands under what, each part met or not. */
  lines: z.array(
    z.object({
      path: z.string(),
      depth: z.int(),
      isLeaf: z.boolean(),
      met: z.boolean(),
      /** Another way has been met already: it does not matter that this one is not. */
      isSpare: z.boolean(),
      zh: z.string(),
      en: z.string(),
    }),
  ),
  /** The nearest way to be entitled; null where she is, or none is near. */
  nearest: z.object({ zh: z.string(), en: z.string() }).nullable(),
})
export type Evaluation = z.infer<typeof Evaluation>

export const EvidenceItem = z.object({
  type: EvidenceType,
  isRequired: z.boolean(),
  /** Held by the register, shown at the counter, attached as a file; null where it is missing. */
  held: z.enum(['REGISTER', 'SEEN', 'FILE', 'FEED']).nullable(),
  document: z.string().nullable(),
  seenOn: CivilDate.nullable(),
})
export type EvidenceItem = z.infer<typeof EvidenceItem>

/** A benefit that one of these people receives or asks for elsewhere. */
export const ApplicationConflict = z.object({
  /**
   * STACKING excluded by another benefit that stands · STACKING_ASKED by one applied for as well, if that is confirmed first ·
   * STACKING_NEEDED the other has to stand before · STACKING_ENDS the other ends when this one begins.
   */
  kind: z.enum([
    'SAME_PROGRAMME',
    'OTHER_APPLICANT',
    'CLAIM_ELSEWHERE',
    'POSSIBLE_MATCH',
    'STACKING',
    'STACKING_ASKED',
    'STACKING_NEEDED',
    'STACKING_ENDS',
  ]),
  programme: z.string(),
  county: z.int().nullable(),
})
export type ApplicationConflict = z.infer<typeof ApplicationConflict>

export const ApplicationReview = z.object({
  id: Id,
  round: z.int(),
  event: ApplicationEvent,
  step: ApplicationStep.nullable(),
  toState: ApplicationState,
  items: z.array(z.string()),
  /** The words of the case worker; the applicant is told them. */
  reason: z.string().nullable(),
  dueOn: CivilDate.nullable(),
  doneOn: CivilDate,
  by: z.object({ id: Id, name: z.string() }).nullable(),
  isTogether: z.boolean(),
})
export const ApplicationDecision = z.object({
  id: Id,
  round: z.int(),
  step: z.string(),
  event: ApplicationEvent,
  versionId: Id,
  asOf: CivilDate,
  isMet: z.boolean(),
  level: z.string(),
  failing: z.array(z.string()),
  decidedOn: CivilDate,
})
export const ApplicationAppeal = z.object({
  id: Id,
  filedOn: CivilDate,
  dueOn: CivilDate,
  result: z.enum(['UPHELD', 'REVERSED']).nullable(),
  reply: z.string().nullable(),
  decidedOn: CivilDate.nullable(),
})

/** 一案一屏: the whole case. */
export const Application = ApplicationRow.extend({
  payee: Named.nullable(),
  steps: z.array(ApplicationStep),
  passed: z.array(ApplicationStep),
  round: z.int(),
  level: z.string(),
  versionId: Id,
  overallDueOn: CivilDate.nullable(),
  acceptedOn: CivilDate.nullable(),
  appealUntil: CivilDate.nullable(),
  agent: z
    .object({
      id: Id,
      name: z.string(),
      authorisation: z.string().nullable(),
      authorisedOn: CivilDate.nullable(),
    })
    .nullable(),
  accountMask: z.string().nullable(),
  hasDeclaration: z.boolean(),
  evidence: z.array(EvidenceItem),
  evaluation: Evaluation.nullable(),
  conflicts: z.array(ApplicationConflict),
  reviews: z.array(ApplicationReview),
  decisions: z.array(ApplicationDecision),
  appeals: z.array(ApplicationAppeal),
})
export type Application = z.infer<typeof Application>

/** 一次性告知: what an application would be, and everything that is missing. */
export const ApplicationPreview = z.object({
  programme: z.object({ code: ProgrammeCode, zh: z.string(), en: z.string() }),
  subject: Named,
  payee: Named,
  division: Place,
  claimYear: z.int().nullable(),
  claimYears: z.array(z.int()),
  steps: z.array(ApplicationStep),
  dueOn: CivilDate.nullable(),
  overallDueOn: CivilDate.nullable(),
  isInWindow: z.boolean(),
  window: z.object({ from: z.string(), to: z.string() }).nullable(),
  evaluation: Evaluation,
  evidence: z.array(EvidenceItem),
  missing: z.array(EvidenceType),
  /** Facts nobody has said yet, which the rule reads. */
  unknown: z.array(FactName),
  conflicts: z.array(ApplicationConflict),
})
export type ApplicationPreview = z.infer<typeof ApplicationPreview>

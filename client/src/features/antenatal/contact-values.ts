import type { AntenatalContact, NewAntenatalContact } from '@youyu/shared/birth-defects/antenatal-contacts'
import type { ContactValues } from '@youyu/shared/birth-defects/contact-values'
import type { NewPostnatalContact, PostnatalContact } from '@youyu/shared/birth-defects/postnatal-contacts'

/** What the form shows in which place; every key is one of ContactValues. */
export const measureGroups = {
  today: [
    'systolic',
    'diastolic',
    'weightKilograms',
    'fundalHeightCentimetres',
    'fetalHeartRate',
    'temperature',
    'pulse',
    'oxygenSaturation',
  ],
  laboratory: [
    ...[
      'haemoglobin',
      'platelets',
      'alanineAminotransferase',
      'bileAcid',
      'creatinine',
      'thyrotropin',
      'fastingGlucose',
    ],
    ...['ogttFasting', 'ogttOneHour', 'ogttTwoHours', 'depressionScore'],
  ],
  herself: [
    'heightCentimetres',
    'weightBeforeKilograms',
    'gravida',
    'parity',
    'plurality',
    'caesareans',
    'losses',
    'abortions',
  ],
} as const satisfies Record<string, readonly (keyof ContactValues)[]>
export const codedGroups = {
  today: ['urineProtein', 'urineNitrite'],
  laboratory: ['urineCulture', 'hiv', 'syphilis', 'hepatitisB', 'hepatitisBe', 'rhesus'],
  herself: ['conception'],
} as const satisfies Record<string, readonly (keyof ContactValues)[]>

export const afterBirthMeasures = [
  'temperature',
  'pulse',
  'systolic',
  'diastolic',
  'weightKilograms',
  'haemoglobin',
  'fastingGlucose',
  'ogttTwoHours',
  'depressionScore',
] as const

type Filled = Record<string, unknown>

/** Without what was left blank. */
export function filledValues(values: Filled): ContactValues {
  return Object.fromEntries(
    Object.entries(values).filter(([, value]) => value !== '' && value !== undefined && value !== null),
  )
}

/** A form of a contact as a body: blank is absent, and what the schedule says is not said. */
export function contactBody({
  values,
  medications,
  note,
  ironDays,
  nextOn,
  referral,
  isReferred,
  ...rest
}: Filled): unknown {
  const told = Object.fromEntries(
    Object.entries({ medications, note, ironDays, nextOn }).filter(
      ([, value]) => value !== '' && value !== null,
    ),
  )
  const { toId, toName, ...part } = (referral ?? {}) as Filled
  return {
    ...rest,
    ...told,
    values: filledValues(values as Filled),
    ...(isReferred === true && {
      referral: { ...part, ...(toId ? { toId } : toName ? { toName } : {}) },
    }),
  }
}

/** A contact as the form shows it, to be set right. */
export function typedContact(contact: AntenatalContact): Filled {
  const { pregnancyId, occurredOn, place, values, signs, items, counselling } = contact
  const { ironDays, medications, note, nextOn } = contact
  return {
    ...{ pregnancyId, occurredOn, place, values, signs, items, counselling, isReferred: false },
    ...{ ironDays: ironDays === null ? '' : String(ironDays), medications: medications ?? '' },
    ...{ note: note ?? '', nextOn: nextOn ?? '' },
  }
}

/** The whole form is what the correction says: what is left blank was not so. */
export function contactChange({ pregnancyId: _, referral: __, ...said }: NewAntenatalContact) {
  return { ...said, nextOn: said.nextOn ?? null }
}

/** A visit after the birth as its form shows it. */
export function typedVisit(visit: PostnatalContact): Filled {
  const { pregnancyId, kind, occurredOn, bornOn, place, values, signs, counselling } = visit
  const { breastfeeding, medications, note } = visit
  return {
    ...{ pregnancyId, kind, occurredOn, bornOn, place, values, signs, counselling },
    ...{ breastfeeding: breastfeeding ?? '', medications: medications ?? '', note: note ?? '' },
  }
}

export function visitChange({ pregnancyId: _, ...said }: NewPostnatalContact) {
  return said
}

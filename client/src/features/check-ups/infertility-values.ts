import type { InfertilityCase, InfertilityTests } from '@youyu/shared/contraception/cases'

const texts = ['kind', 'icd10', 'treatedOn', 'artReferredOn', 'artReferredTo', 'partnerId'] as const

/** A file as its form holds it: one semen analysis, the latest. */
export function valuesOf(file: InfertilityCase | null, today: string): Record<string, string | boolean> {
  const semen = file?.tests?.semen?.at(-1)
  const number = (value: number | null | undefined) =>
    value === null || value === undefined ? '' : String(value)
  return {
    ...{ clientId: '', openedOn: file?.openedOn ?? today, hasPartner: file?.hasPartner ?? false },
    ...Object.fromEntries(texts.map((key) => [key, file?.[key] ?? ''])),
    durationMonths: number(file?.durationMonths),
    semenOn: semen?.on ?? '',
    concentration: number(semen?.concentrationMillionPerMl),
    motility: number(semen?.progressiveMotilityPercent),
    other: file?.tests?.other ?? '',
    ...{ outcome: file?.outcome ?? '', closedOn: file?.closedOn ?? '' },
  }
}

export function caseIn(values: unknown, isNew: boolean): unknown {
  const { clientId, openedOn, hasPartner, outcome, closedOn, durationMonths, ...rest } = values as Record<
    string,
    string
  >
  const { semenOn, concentration, motility, other } = rest
  const tests: InfertilityTests = {
    ...(semenOn && {
      semen: [
        {
          on: semenOn,
          ...(concentration && { concentrationMillionPerMl: Number(concentration) }),
          ...(motility && { progressiveMotilityPercent: Number(motility) }),
        },
      ],
    }),
    ...(other && { other }),
  }
  return {
    ...Object.fromEntries(texts.map((key) => [key, rest[key] || null])),
    hasPartner: Boolean(hasPartner),
    durationMonths: durationMonths ? Number(durationMonths) : null,
    tests: Object.keys(tests).length > 0 ? tests : null,
    ...(isNew ? { clientId, openedOn } : { outcome: outcome || null, closedOn: closedOn || null }),
  }
}

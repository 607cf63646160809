import type { Death, DeathRow } from '@youyu/shared/population/deaths'
import { maskDate, maskName } from '@youyu/shared/population/masking'
import type { Access } from '../../../access/access.ts'
import { maySeePlainly } from '../persons/person-row.ts'
import { ageOn } from '../persons/rules.ts'
import type { ListedDeath, ReadDeath } from './queries.ts'

/** A death of a list as this reader may see it. */
export function shownDeathRow(death: ListedDeath, access: Access): DeathRow {
  const isPlain = maySeePlainly(access)
  const name = death.personName ?? '*'
  const age = ageOn(death.birthDate, death.occurredOn)
  return {
    id: death.id,
    person: { id: death.personId, name: isPlain ? name : maskName(name) },
    sex: death.sex,
    birthDate: isPlain ? death.birthDate : maskDate(death.birthDate),
    occurredOn: isPlain ? death.occurredOn : maskDate(death.occurredOn),
    age,
    infantAgeDays: age < 1 ? death.ageDays : null,
    place: death.place,
    reporter: death.reporter,
    division: { code: death.divisionCode, name: death.divisionName ?? death.divisionCode },
    hukou: { code: death.hukouDivision, name: death.hukouName ?? death.hukouDivision },
    findings: death.findings,
    recordedAt: death.recordedAt.toISOString(),
    isLate: death.findings.includes('LATE'),
    voidedAt: death.voidedAt?.toISOString() ?? null,
  }
}

export function shownDeath(death: ReadDeath, access: Access): Death {
  return {
    ...shownDeathRow(death, access),
    certificateNumber: death.certificateNumber && !maySeePlainly(access) ? '*' : death.certificateNumber,
    maternal: death.maternal,
    hasCause: death.hasCause,
    recordedBy: death.recordedBy,
    source: death.source,
    voidReason: death.voidReason,
    replaces: death.replaces,
    replacedBy: death.replacedBy,
  }
}

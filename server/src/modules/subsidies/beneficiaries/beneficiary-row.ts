import { maskName } from '@youyu/shared/population/masking'
import type { Beneficiary, BeneficiaryRow } from '@youyu/shared/subsidies/beneficiaries'
import type { CivilDate } from '@youyu/shared/values'
import type { Access } from '../../../access/access.ts'
import { sumsOf, type MonthMoney } from '../entitlements/index.ts'
import type { KeptBeneficiary, ListedBeneficiary } from './queries.ts'

/** In a list the name is masked for everybody: to be in it tells of a special family, a disability, a child (L3). */
export function shownRow(row: ListedBeneficiary): BeneficiaryRow {
  const { personId, personName, divisionCode, placeName, ...told } = row
  return {
    ...told,
    person: { id: personId, name: maskName(personName ?? '*') },
    place: { code: divisionCode, name: placeName ?? divisionCode },
  }
}

export function shownBeneficiary(
  kept: KeptBeneficiary,
  months: readonly MonthMoney[],
  access: Access,
  today: CivilDate,
): Beneficiary {
  const { payeeId, payeeName, decidedTo: _, events, ...told } = kept
  const isPlain = access.clearance >= 'L2'
  const shown = (name: string | null) => (isPlain ? (name ?? '*') : maskName(name ?? '*'))
  return {
    ...told,
    ...shownRow(kept),
    person: { id: kept.personId, name: shown(kept.personName) },
    payee: { id: payeeId, name: shown(payeeName) },
    sums: sumsOf(months, today),
    events: events.map(({ source, ...event }) => ({ ...event, bySystem: source === 'REGISTER' })),
  }
}

import type { CheckParty } from '@youyu/shared/birth-defects/check-item-sets'
import type { CheckedParty, CoupleCheck, CoupleCheckRow } from '@youyu/shared/birth-defects/couple-checks'
import type { Access } from '../../../access/access.ts'
import type { Office } from '../../../office.ts'
import { ageOn } from '../../contraception/index.ts'
import type { CoupleNamed, KeptCheck, KeptParty, ListedCheck } from './queries.ts'

const aged = (person: CoupleNamed, on: string) => person && { ...person, age: ageOn(on, person.birthDate) }

export function shownCheckRow(row: ListedCheck): CoupleCheckRow {
  const { id, kind, chainId, occurredOn, came, opinions, risk, reasons, counselled, advisedOn } = row
  const { facilityId, facilityName, version } = row
  return {
    ...{ id, kind, chainId, occurredOn, came, opinions, risk, reasons, counselled, advisedOn },
    ...{ facilityId, facilityName, version },
    woman: aged(row.woman, occurredOn),
    man: aged(row.man, occurredOn),
    recordedAt: row.recordedAt.toISOString(),
    voidedAt: row.voidedAt?.toISOString() ?? null,
  }
}

export function shownCheck(
  { ciphers }: Office,
  { county }: Access,
  check: KeptCheck,
  parties: readonly KeptParty[],
): CoupleCheck {
  const row = shownCheckRow(check)
  const { setVersion, herRisk, hisRisk, marriageId, voidReason, replaces, replacedBy, adviceCipher } = check
  const of = (side: CheckParty, person: CoupleCheckRow['woman']): CheckedParty | null => {
    const found = parties.find(({ party }) => party === side)
    if (!found || !person) return null
    const { id, occurredOn, infectionConsent, itemsDone, opinion, resultsCipher } = found
    const results = ciphers.clinical.decipher(resultsCipher, { county, id })
    return {
      ...{ occurredOn, infectionConsent, itemsDone, opinion },
      person,
      results: JSON.parse(results) as CheckedParty['results'],
    }
  }
  return {
    ...row,
    ...{ setVersion, herRisk, hisRisk, marriageId, voidReason, replaces, replacedBy },
    her: of('HER', row.woman),
    him: of('HIM', row.man),
    advice: adviceCipher && ciphers.clinical.decipher(adviceCipher, { county, id: check.id }),
  }
}

import { maskName } from '@youyu/shared/population/masking'
import type { Overpayment, OverpaymentRow } from '@youyu/shared/subsidies/overpayments'
import type { Fen } from '@youyu/shared/values'
import type { Access } from '../../../access/access.ts'
import type { Ciphers } from '../../../crypto/field-cipher.ts'
import type { KeptOverpayment, ListedOverpayment } from './queries.ts'

export function shownRow(row: ListedOverpayment): OverpaymentRow {
  const { personId, personName, divisionCode, placeName, ...told } = row
  return {
    ...told,
    person: { id: personId, name: maskName(personName ?? '*') },
    place: { code: divisionCode, name: placeName ?? divisionCode },
  }
}

export function shownOverpayment(
  kept: KeptOverpayment,
  access: Access,
  ciphers: Ciphers,
  writeOffLimitFen: Fen,
): Overpayment {
  const { decidedBy: _, steps, ...told } = kept
  const name = kept.personName ?? '*'
  return {
    ...told,
    ...shownRow(kept),
    person: { id: kept.personId, name: access.clearance >= 'L2' ? name : maskName(name) },
    writeOffLimitFen,
    steps: steps.map(({ noteCipher, recordedById: __, ...step }) => ({
      ...step,
      note:
        noteCipher === null
          ? null
          : ciphers.benefit.decipher(Buffer.from(noteCipher, 'base64'), {
              county: access.county,
              id: step.id,
            }),
    })),
  }
}

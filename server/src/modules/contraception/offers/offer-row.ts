import type { ServiceOffer } from '@youyu/shared/contraception/offers'
import { maskDate, maskName } from '@youyu/shared/population/masking'
import type { CivilDate } from '@youyu/shared/values'
import type { Access } from '../../../access/access.ts'
import type { KeptOffer } from './queries.ts'
import { remindFrom } from './rules.ts'

export function shownOffer(row: KeptOffer, access: Access, today: CivilDate): ServiceOffer {
  const isPlain = access.clearance >= 'L2'
  const { clientId, clientName, birthDate, phone, address, divisionCode, divisionName } = row
  return {
    id: row.id,
    client: {
      id: clientId,
      name: clientName === null ? '—' : isPlain ? clientName : maskName(clientName),
      birthDate: birthDate && (isPlain ? birthDate : maskDate(birthDate)),
      phone,
      address: isPlain ? address : null,
      division: { code: divisionCode, name: divisionName ?? divisionCode },
    },
    service: row.service,
    origin: row.origin,
    openedOn: row.openedOn,
    dueOn: row.dueOn,
    acceptedOn: row.acceptedOn,
    bookedOn: row.bookedOn,
    facility: row.facilityId ? { id: row.facilityId, name: row.facilityName ?? '—' } : null,
    reminders: row.reminders,
    remindFrom: row.closedOn === null ? remindFrom(row, today) : null,
    closedOn: row.closedOn,
    closing: row.closing,
    version: row.version,
  }
}

import type { ClientRow } from '@youyu/shared/contraception/clients'
import type { CivilDate } from '@youyu/shared/values'
import type { ListedClient } from './queries.ts'
import { ageOn } from './rules.ts'

/** Identity number and phone stay masked; the rest is plain to whoever treats. */
export function shownClient(client: ListedClient, today: CivilDate): ClientRow {
  return {
    id: client.id,
    name: client.name,
    sex: client.sex,
    birthDate: client.birthDate,
    age: ageOn(today, client.birthDate),
    idNumber: client.idNumberMask,
    phone: client.phoneMask,
    residence: { code: client.residenceDivision, name: client.residenceName ?? client.residenceDivision },
    isMine: client.isMine,
    lastSeenOn: client.lastSeenOn,
  }
}

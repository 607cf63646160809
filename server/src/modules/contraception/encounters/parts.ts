import type { CareChange } from '@youyu/shared/contraception/care-preview'
import type { EncounterPlace } from '@youyu/shared/contraception/care-value-sets'
import type { ChoiceChannel } from '@youyu/shared/contraception/choices'
import type { NewEncounter } from '@youyu/shared/contraception/encounters'
import type { Id } from '@youyu/shared/values'
import type { Access } from '../../../access/access.ts'
import type { Transaction } from '../../../database/connect.ts'
import type { Office } from '../../../office.ts'
import { Refused } from '../../../refused.ts'
import type { ClientFacts } from '../clients/index.ts'
import { dispense } from '../supplies/index.ts'
import { recordCheck } from '../visits/index.ts'

/** A part's refusal names the field where the body has it. */
export async function under<Result>(pointer: string, part: Promise<Result>): Promise<Result> {
  try {
    return await part
  } catch (error) {
    if (!(error instanceof Refused) || !error.details.errors) throw error
    const errors = error.details.errors.map((wrong) => ({
      ...wrong,
      pointer: isOfVisit(wrong.pointer) ? wrong.pointer : pointer + wrong.pointer,
    }))
    throw new Refused(error.code, { ...error.details, errors })
  }
}

function isOfVisit(pointer: string): boolean {
  return pointer === '/clientId' || pointer === '/occurredOn'
}

/** The check-up of the visit: at the place of the visit. */
export async function checked(
  tx: Transaction,
  office: Office,
  access: Access,
  { clientId, occurredOn, place, sessionId, outreachId }: NewEncounter,
  part: NonNullable<NewEncounter['check']>,
  encounterId: Id,
  at: Date,
) {
  const where = place === 'OUTREACH' ? 'VILLAGE' : place === 'HOME' ? 'HOME' : 'STATION'
  const visit = {
    ...part,
    ...({ clientId, occurredOn, encounterId, place: where } as const),
    ...(sessionId && { sessionId }),
    ...(outreachId && { outreachId }),
  }
  return await under('/check', recordCheck(tx, office, access, visit, at))
}

/** One after the other: two kinds may come from the same shelf. */
export async function dispensed(
  tx: Transaction,
  office: Office,
  access: Access,
  { dispense: parts, occurredOn }: NewEncounter,
  { id, residenceDivision }: ClientFacts,
  encounterId: Id,
  at: Date,
) {
  const handed = []
  for (const [index, part] of parts.entries()) {
    const client = { id, divisionCode: residenceDivision }
    const dispensing = dispense(tx, office, access, { ...part, occurredOn, client, encounterId }, at)
    handed.push(await under(`/dispense/${index}`, dispensing))
  }
  return handed
}

const channels: Record<EncounterPlace, ChoiceChannel> = {
  STATION: 'FACE',
  OUTREACH: 'FACE',
  HOME: 'FACE',
  PHONE: 'PHONE',
  HOTLINE: 'HOTLINE',
  ONLINE: 'ONLINE',
}

/** How she was counselled follows from where she was seen. */
export const channelAt = (place: EncounterPlace): ChoiceChannel => channels[place]

/** A part, as it is told. */
export function madeOf(entity: CareChange['entity'], id: Id, after: string | null = null): CareChange {
  return { entity, id, field: 'recorded', before: null, after }
}

/** Names of the parts, for the log. */
export function fieldsOf(body: NewEncounter): string[] {
  return (
    ['choice', 'screen', 'override', 'consent', 'episode', 'procedure', 'complication', 'followUp'] as const
  )
    .filter((part) => body[part] !== undefined)
    .concat(body.dispense.length > 0 ? (['dispense'] as never[]) : [])
}

import type { z } from 'zod'
import type { answerFamilyOffer } from '@youyu/shared/subsidies/family-support'
import type { SpecialFamily } from '@youyu/shared/subsidies/special-families'
import type { CivilDate, Id } from '@youyu/shared/values'
import type { Access } from '../../../access/access.ts'
import { newId } from '../../../crypto/ids.ts'
import { insertRow } from '../../../database/statements.ts'
import type { Office } from '../../../office.ts'
import { Refused } from '../../../refused.ts'
import { applyFor } from './applying.ts'
import { assertMember } from './caring.ts'
import * as parts from './queries-parts.ts'
import * as writing from './queries-writing.ts'
import { mayAskOn, offersTo } from './rules.ts'
import { assertPast, changing } from './service.ts'

export async function offer(
  office: Office,
  access: Access,
  id: Id,
  { programme, personId, offeredOn }: { programme: string; personId: Id; offeredOn: CivilDate },
): Promise<SpecialFamily> {
  return await changing(office, access, id, 'offers', async (tx, family, at) => {
    assertPast(offeredOn, '/offeredOn', at)
    if (!mayAskOn(family, offeredOn)) throw new Refused('grief-rule')
    if (family.openedOn === null) throw new Refused('not-agreed')
    if (!offersTo[family.kind].includes(programme)) throw Refused.field('/programme', 'invalid-value')
    await assertMember(tx, access, id, personId)
    await insertRow(tx, 'family_offers', {
      ...{
        countyCode: access.county,
        id: newId(at.getTime()),
        familyId: id,
        divisionCode: family.divisionCode,
      },
      ...{ programme, personId, offeredOn, answer: 'OPEN', recordedAt: at, recordedBy: access.actorId },
    })
  })
}

type Answered = z.output<(typeof answerFamilyOffer)['schema']['body']>

/** Her answer; where she wants to apply, the application is filed in the same breath from what is known. */
export async function answer(
  office: Office,
  access: Access,
  { id, offerId }: { id: Id; offerId: Id },
  { answer: given, answeredOn, consentOn = undefined }: Answered,
): Promise<SpecialFamily> {
  return await changing(office, access, id, 'offers', async (tx, _, at) => {
    assertPast(answeredOn, '/answeredOn', at)
    const { offers } = await parts.selectParts(tx, access.county, id)
    const open = offers.find((each) => each.id === offerId)
    if (!open) throw new Refused('not-found')
    if (open.answer !== 'OPEN') throw new Refused('already-decided')
    if (answeredOn < open.offeredOn) throw Refused.field('/answeredOn', 'invalid-date')
    if (given === 'ACCEPTED' && open.programme === 'P08' && !consentOn)
      throw Refused.field('/consentOn', 'required')
    const applicationId =
      given === 'ACCEPTED' ? await applyFor(tx, office, access, { ...open, on: answeredOn }, at) : null
    const settled = { familyId: id, offerId, answer: given, answeredOn, applicationId }
    await writing.settleOffer(tx, access.county, { ...settled, consentOn: consentOn ?? null })
  })
}

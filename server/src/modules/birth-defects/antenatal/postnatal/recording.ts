import type { NewPostnatalContact, PostnatalPreview } from '@youyu/shared/birth-defects/postnatal-contacts'
import { daysBetween, factsAfterBirth, stillHolding } from '@youyu/shared/birth-defects/risk-facts'
import type { CivilDate, Id } from '@youyu/shared/values'
import type { Access } from '../../../../access/access.ts'
import { newId } from '../../../../crypto/ids.ts'
import type { Transaction } from '../../../../database/connect.ts'
import { todayOf, type Office } from '../../../../office.ts'
import { Refused } from '../../../../refused.ts'
import { clientOf, keepClient } from '../../../contraception/index.ts'
import { recordLinks } from '../../chains/index.ts'
import { advise } from '../../risk/index.ts'
import { codesOf, openValues, sealValues } from '../contact-row.ts'
import type { Replaced } from '../kept-contacts.ts'
import { selectContacts, type PregnancyInCare } from '../queries.ts'
import { chainOf, pregnancyOf } from '../recording.ts'
import { pressureFaults } from '../rules.ts'
import { insertPostnatal, type PostnatalRow } from './queries.ts'

/** Domain BDI-26: mothers visited within 28 days. */
const VISIT_WITHIN = 28

/** How long after the birth; only what cannot be is refused. */
function afterBirth(body: NewPostnatalContact, pregnancy: PregnancyInCare, today: CivilDate) {
  const bornOn = pregnancy.bornOn ?? body.bornOn
  if (!bornOn) throw Refused.field('/bornOn', 'required')
  const daysAfterBirth = daysBetween(bornOn, body.occurredOn)
  if (body.occurredOn > today || daysAfterBirth < 0 || daysAfterBirth > 366)
    throw Refused.field('/occurredOn', 'invalid-date')
  const faults = pressureFaults(body.values)
  if (faults.length > 0) throw new Refused('invalid-request', { errors: faults })
  return { bornOn, daysAfterBirth }
}

/** One contact after the birth: what holds of the pregnancy is asked with it, and the visit within its days told to the chain. */
export async function recordPostnatal(
  tx: Transaction,
  office: Office,
  access: Access,
  body: NewPostnatalContact,
  at: Date,
  replaced?: Replaced<PostnatalRow>,
): Promise<{ id: Id; preview: PostnatalPreview }> {
  const { pregnancyId, occurredOn, values, signs, kind } = body
  const pregnancy = await pregnancyOf(tx, access, pregnancyId)
  const { bornOn, daysAfterBirth } = afterBirth(body, pregnancy, todayOf(at))

  const [woman, contacts] = await Promise.all([
    clientOf(tx, access, pregnancy.womanId, '/pregnancyId'),
    selectContacts(tx, access, pregnancyId),
  ])
  const taken = contacts.map((row) => ({ ...openValues(office, access, row), occurredOn: row.occurredOn }))
  const known = stillHolding(taken, occurredOn)
  const asked = factsAfterBirth(woman, known, values, bornOn, occurredOn)
  const items = contacts.at(-1)?.riskItems ?? []
  const told = { values: asked, signs, items }
  const { advice, urgency, adviceTable } = await advise(tx, access, told, occurredOn)

  const id = newId(at.getTime())
  await keepClient(tx, access, { clientId: woman.id, on: occurredOn, encounters: 0 })
  const chainId = await chainOf(tx, access, pregnancy, occurredOn, at)
  const { place, breastfeeding, counselling, medications, note } = body
  await insertPostnatal(
    tx,
    access,
    {
      ...{ id, chainId, pregnancyId, womanId: woman.id, divisionCode: woman.residenceDivision, kind },
      ...{ bornOn, occurredOn, daysAfterBirth, place, breastfeeding, counselling },
      ...{ adviceRows: codesOf(advice), urgency, adviceTable, replaces: replaced?.before.id ?? null },
      valuesCipher: sealValues(office, access, id, {
        ...{ values, signs, items, known, asked, medications, note },
      }),
    },
    at,
  )
  const visited = { chainId, item: 'POSTNATAL_VISIT', event: 'DONE', on: occurredOn, recordId: id } as const
  if (daysAfterBirth <= VISIT_WITHIN) await recordLinks(tx, access, [visited], at)
  return { id, preview: { daysAfterBirth, advice, urgency } }
}

import type { CardContent } from '@youyu/shared/birth-defects/defect-card'
import type { CivilDate, Id } from '@youyu/shared/values'
import type { Access } from '../../../access/access.ts'
import type { Transaction } from '../../../database/connect.ts'
import { Refused } from '../../../refused.ts'
import { clientOf } from '../../contraception/index.ts'
import { findBirth } from './queries-register.ts'

type Asked = { chainId?: Id | null; motherId: Id | null; childId: Id | null }

/** A card on a day with what the register knows of mother and child, and nothing else. */
export async function contentOfRegister(
  tx: Transaction,
  access: Access,
  { chainId = null, motherId, childId }: Asked,
  on: CivilDate,
): Promise<CardContent> {
  const birth = childId === null ? undefined : await findBirth(tx, access, childId)
  const child = childId === null ? undefined : await clientOf(tx, access, childId, '?childId')
  const known = motherId ?? birth?.motherId ?? null
  if (known === null) throw Refused.field('?motherId', 'required')
  const mother = await clientOf(tx, access, known, '?motherId')
  const sex = child?.sex === '1' || child?.sex === '2' ? child.sex : null
  const unknown = { basisWords: null, when: null, gestationDays: null, items: [] }
  return {
    division: mother.residenceDivision,
    links: {
      ...{ chainId, motherId: known, childId },
      ...{ pregnancyId: birth?.pregnancyId ?? null, birthId: birth?.id ?? null },
    },
    mother: {
      ...{ recordNumber: null, name: mother.name, ethnic: null, birthDate: mother.birthDate, age: null },
      ...{ residenceKind: null, address: null, phone: null, incomeBand: null, education: null },
      ...{ gravida: null, para: null },
    },
    child: {
      ...{ recordNumber: null, bornOn: birth?.occurredOn ?? null, bornAt: birth?.occurredAt ?? null },
      ...{ gestationDays: birth?.gestationDays ?? null, weightGrams: birth?.weightGrams ?? null },
      ...{ plurality: birth?.plurality ?? null, sequence: birth?.sequence ?? null, zygosity: null },
      ...{ sex: birth ? sex : null, outcome: birth ? 'LIVE' : null, isInduced: birth ? false : null },
    },
    diagnosis: { basis: [], on, ...unknown },
    exposures: { codes: [], illness: null, drugs: null, hazards: null },
    family: {
      ...{ stillbirths: null, spontaneousAbortions: null, defectChildren: null, defectNames: null },
      ...{ hasHistory: null, history: null, isConsanguineous: null, relation: null },
    },
    report: { name: null, title: null, filledOn: on },
  }
}

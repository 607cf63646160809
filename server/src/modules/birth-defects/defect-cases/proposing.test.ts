import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { DefectCard } from '@youyu/shared/birth-defects/defect-cases'
import type { Access } from '../../../access/access.ts'
import { transaction } from '../../../database/transaction.ts'
import { openClinic, type Clinic } from '../../../../test/clinic.ts'
import { approval, stepped } from '../../../../test/defect-cards.ts'
import { openOffice, type TestOffice } from '../../../../test/office.ts'
import { bodyOf, places } from '../../../../test/register.ts'
import { openChain } from '../chains/index.ts'
import { proposeCard, type Proposal } from './index.ts'

let office: TestOffice
let clinic: Clinic
let access: Access
beforeAll(async () => {
  office = await openOffice()
  office.setNow(new Date('2026-08-20T02:00:00Z'))
  clinic = await openClinic(office)
  const [user] = await office.sql<{ id: string }>('select id from users where username = $1', [
    clinic.clinician.username,
  ])
  access = {
    ...{
      actorId: user!.id,
      actorKind: 'user',
      actorName: '',
      role: 'station_clinician',
      prefixes: ['371121'],
    },
    ...{ county: 371121, clearance: 'L4', purposes: ['SERVICE'], facility: clinic.station.id },
    ...{ address: null, requestId: null },
  }
})
afterAll(() => office.close())

const place = { residenceDivision: places.village, hukouDivision: places.village }
async function mother() {
  const { id: motherId } = await clinic.woman(place)
  const at = office.office.now()
  const opening = { womanId: motherId, ground: 'PREGNANCY' as const, on: '2026-03-01' }
  const chainId = await transaction(office.db, access, (tx) => openChain(tx, access, opening, at))
  return { motherId, chainId }
}
const propose = (proposal: Proposal) =>
  transaction(office.db, access, (tx) => proposeCard(tx, office.office, access, proposal))
const card = async (id: string | null) =>
  bodyOf<DefectCard>(await clinic.clinician.get(`/api/v1/defect-cards/${id}`), 200)

describe('a diagnosis', () => {
  it('proposes a draft with what the register knows, once for a pregnancy, and tells no fetal sex', async () => {
    const her = await mother()
    const found = {
      ...her,
      basis: 'CHROMOSOME',
      on: '2026-08-10',
      gestationDays: 130,
      from: 'PRENATAL',
    } as const

    const id = await propose({ ...found, icd10: 'Q98.0' })
    const again = await propose({ ...found, icd10: 'Q21.0', basis: 'ULTRASOUND' })

    expect(again).toBe(id)
    const draft = await card(id)
    expect(draft).toMatchObject({ status: 'DRAFT', proposedFrom: 'PRENATAL', categories: ['23', '24'] })
    expect(draft.content.mother).toMatchObject({ name: '王芳', birthDate: '1995-04-05' })
    expect(draft.content.diagnosis).toMatchObject({ when: 'PRENATAL', gestationDays: 130 })
    expect(draft.content.diagnosis.items.map(({ icd10 }) => icd10)).toEqual(['Q96-Q99', 'Q21.0'])
    const due = await office.sql(
      `select state from chain_links where chain_id = $1 and item = 'DEFECT_CARD'`,
      [her.chainId],
    )
    expect(due).toHaveLength(1)
    expect(await propose({ ...found, icd10: 'J18.9' })).toBeNull()
  })

  it('of a child that is confirmed by the second signature opens the follow-up of the child', async () => {
    const her = await mother()
    const born = '2026-08-01'
    const { id: childId } = await clinic.woman({
      ...place,
      name: '王小',
      birthDate: born,
      residenceSince: born,
    })
    const id = await propose({
      ...{ ...her, childId, icd10: 'E03.1', basis: 'BIOCHEMISTRY', on: '2026-08-15', from: 'NEWBORN' },
    })
    let draft = await card(id)
    const content = {
      ...draft.content,
      mother: { ...draft.content.mother, residenceKind: 'RURAL' as const },
      child: {
        ...draft.content.child,
        ...{ bornOn: born, outcome: 'LIVE' as const, gestationDays: 275, plurality: 1, isInduced: false },
      },
      diagnosis: {
        ...draft.content.diagnosis,
        ...{ when: 'DAY_8_42' as const, gestationDays: null },
        items: [{ icd10: 'E03.1', laterality: null, description: '新生儿筛查确诊' }],
      },
    }
    draft = bodyOf<DefectCard>(
      await clinic.clinician.put(`/api/v1/defect-cards/${id}`, content, { ifMatch: draft.version }),
      200,
    )
    draft = bodyOf<DefectCard>(
      await clinic.clinician.post(`/api/v1/defect-cards/${id}/submissions`, undefined, {
        ifMatch: draft.version,
      }),
      201,
    )

    const confirmed = await stepped(clinic.chief, draft, 'hospital-reviews', approval)

    expect(confirmed.status).toBe('HOSPITAL_REVIEWED')
    const opened = await office.sql(`select case_id from child_follow_ups where child_id = $1`, [childId])
    expect(opened).toEqual([{ case_id: id }])
    const [link] = await office.sql<{ state: string }>(
      `select state from chain_links where chain_id = $1 and item = 'DEFECT_CARD'`,
      [her.chainId],
    )
    expect(link?.state).toBe('DONE')
  })

  it('may begin with what the register knows of the mother, and the look is logged', async () => {
    const { motherId } = await mother()

    const known = await clinic.clinician.get(`/api/v1/defect-card-prefills?motherId=${motherId}`)
    const nobody = await clinic.clinician.get('/api/v1/defect-card-prefills')
    const stranger = await clinic.stranger.get(`/api/v1/defect-card-prefills?motherId=${motherId}`)

    expect(bodyOf<DefectCard['content']>(known, 200)).toMatchObject({
      ...{ division: places.village, links: { motherId }, mother: { name: '王芳', birthDate: '1995-04-05' } },
    })
    expect([nobody.status, stranger.status]).toEqual([400, 400])
  })
})

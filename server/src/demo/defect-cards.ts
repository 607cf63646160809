import type { ChildFollowUp } from '@youyu/shared/birth-defects/child-follow-up'
import type { DefectCard } from '@youyu/shared/birth-defects/defect-cases'
import type { Page } from '@youyu/shared/values'
import type { Chains } from './chains.ts'
import { day, enter, look } from './front-door.ts'
import type { Born } from './newborns.ts'

const defects = [
  { icd10: 'Q69.0', laterality: 'L', description: '左手六指' },
  { icd10: 'Q37.9', laterality: 'L', description: '左侧唇腭裂' },
  { icd10: 'Q66.0', laterality: 'BOTH', description: null },
  { icd10: 'Q21.1', laterality: null, description: '房间隔缺损' },
]

function contentOf(division: string, { childId, motherId, bornOn }: Born, place: number): object {
  const on = day(bornOn, -2)
  return {
    division,
    links: { chainId: null, motherId, childId, pregnancyId: null, birthId: null },
    mother: {
      ...{
        recordNumber: `ZY${2600 + place}`,
        name: `演示母亲${place + 1}`,
        ethnic: '01',
        birthDate: null,
        age: 27 + place,
      },
      ...{
        residenceKind: 'RURAL',
        address: '五莲县（演示）',
        phone: null,
        incomeBand: '4',
        education: '4',
        gravida: 2,
        para: 1,
      },
    },
    child: {
      ...{
        recordNumber: null,
        bornOn,
        bornAt: '09:20',
        gestationDays: 273,
        weightGrams: 3150,
        plurality: 1,
        sequence: 1,
      },
      ...{ zygosity: null, sex: place % 2 === 0 ? '1' : '2', outcome: 'LIVE', isInduced: false },
    },
    diagnosis: {
      ...{ basis: ['CLINICAL'], basisWords: null, on, when: 'WITHIN_7D', gestationDays: null },
      items: [defects[place % defects.length]],
    },
    exposures: { codes: place === 1 ? ['FEVER'] : [], illness: null, drugs: null, hazards: null },
    family: {
      ...{ stillbirths: 0, spontaneousAbortions: 0, defectChildren: 0, defectNames: null, hasHistory: false },
      ...{ history: null, isConsanguineous: false, relation: null },
    },
    report: { name: '王助产（演示）', title: '主管护师', filledOn: day(bornOn, -4) },
  }
}

/** Cards of the hospital: one reviewed by the county, one by the hospital, one returned, one a draft; and a child in follow-up. */
export async function reportDefects(chains: Chains, born: readonly Born[]): Promise<void> {
  const { reporter, chief, county, today } = chains
  const { division } = await look<{ division: { code: string } }>(reporter, '/api/v1/me')
  const children = born.slice(-4)
  for (const [place, child] of children.entries()) {
    let card = await enter<DefectCard>(
      reporter,
      '/api/v1/defect-cards',
      contentOf(division.code, child, place),
    )
    if (place === 3) continue
    const deed = async (as: Chains['chief'], url: string, body?: object) => {
      card = await enter<DefectCard>(
        as,
        `${url}/${card.id}/${body === undefined ? 'submissions' : ''}`,
        body,
        card.version,
      )
    }
    await deed(reporter, '/api/v1/defect-cards')
    const review =
      place === 2
        ? { decision: 'RETURNED', fields: ['diagnosis.items'], note: '请写明双侧程度' }
        : { decision: 'APPROVED' }
    card = await enter<DefectCard>(
      chief,
      `/api/v1/defect-cards/${card.id}/hospital-reviews`,
      review,
      card.version,
    )
    if (place !== 0) continue
    await enter(
      county,
      `/api/v1/defect-reviews/${card.id}/county-reviews`,
      { decision: 'APPROVED' },
      card.version,
    )
    const { items } = await look<Page<ChildFollowUp>>(
      chief,
      `/api/v1/child-follow-ups?childId=${child.childId}`,
    )
    const followed = items[0]
    if (!followed) throw new Error('The demo’s reviewed card opened no follow-up')
    const agreed = { consent: 'GIVEN', on: day(today, 3), by: 'MOTHER' }
    await enter(chief, `/api/v1/child-follow-ups/${followed.id}/consent`, agreed, followed.version, 'PUT')
    await enter(chief, `/api/v1/child-follow-ups/${followed.id}/supports`, {
      ...{ kind: 'TREATMENT', occurredOn: day(today, 2), result: 'PLANNED', note: '一岁时手术' },
    })
    const families = await look<Page<{ id: string; version: number }>>(
      chief,
      `/api/v1/family-files?childId=${child.childId}`,
    )
    for (const { id, version } of families.items)
      await enter(
        chief,
        `/api/v1/family-files/${id}`,
        { openedOn: today, contact: 'AGREED' },
        version,
        'PATCH',
      )
  }
}

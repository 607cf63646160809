import type { CoupleCheck } from '@youyu/shared/birth-defects/couple-checks'
import type { Chains } from './chains.ts'
import { day, enter, look } from './front-door.ts'

type Listed = {
  items: {
    id: string
    occurredOn: string
    partyA: { id: string | null; sex: string }
    partyB: { id: string | null; sex: string | null }
  }[]
}

const hers = { HEIGHT: 162, WEIGHT: 55, SYSTOLIC: 112, DIASTOLIC: 72, HB: 121, SYPHILIS: 'NEG', HBSAG: 'NEG' }
const his = { HEIGHT: 174, WEIGHT: 70, SYPHILIS: 'NEG', HBSAG: 'NEG' }
const came = (results: object, given: object = {}) => ({
  infectionConsent: true,
  itemsDone: [],
  results,
  ...given,
})

/** What is found in her, couple after couple. */
const findings: readonly object[] = [
  {},
  { RUB_IGG: 'NEG', CMV_IGG: 'POS', CMV_IGM: 'NEG', TOX_IGG: 'NEG', TOX_IGM: 'NEG' },
  { HB: 96 },
  { CMV_IGG: 'POS', CMV_IGM: 'POS', TOX_IGM: 'NEG', TOX_IGG: 'NEG', RUB_IGG: 'POS' },
  { CONSANGUINITY: true },
  { RUB_IGG: 'POS', TOX_IGG: 'NEG', TOX_IGM: 'NEG' },
]

/** Newly married couples, referred as they agreed; checked before the marriage or before a pregnancy, some high risk. */
export async function checkCouples({ clinician, clerk, facilities, storeId, today }: Chains): Promise<void> {
  const { items } = await look<Listed>(clerk, '/api/v1/marriages?event=MARRY&limit=30')
  const couples = items.flatMap(({ id, occurredOn, partyA, partyB }) => {
    const [woman, man] = partyA.sex === '2' ? [partyA, partyB] : [partyB, partyA]
    return woman.id && man.id ? [{ id, occurredOn, womanId: woman.id, manId: man.id }] : []
  })
  for (const [place, { id: marriageId, womanId, manId }] of couples.slice(0, 9).entries()) {
    const on = day(today, 60 - place * 6)
    await enter(clerk, '/api/v1/premarital-referrals', {
      ...{ marriageId, agreed: place !== 7, on: today, facilityId: facilities.get('DEMO-S') },
    })
    if (place >= 7) continue
    const kind = place < 3 ? 'PREMARITAL' : 'PRECONCEPTION'
    const found = kind === 'PREMARITAL' ? {} : findings[place - 1]
    const check = await enter<CoupleCheck>(clinician, '/api/v1/couple-checks', {
      ...{
        kind,
        womanId,
        manId,
        occurredOn: on,
        counselled: true,
        marriageId: kind === 'PREMARITAL' ? marriageId : null,
      },
      her: came({ ...hers, ...found }, kind === 'PREMARITAL' ? { opinion: '4' } : {}),
      him: place === 5 ? null : came(his, kind === 'PREMARITAL' ? { opinion: '4' } : {}),
      advisedOn: place === 6 ? null : day(on, -2),
    })
    if (kind === 'PRECONCEPTION' && check.risk !== 'HIGH_RISK')
      await enter(clinician, '/api/v1/folic-acid-issues', {
        ...{ clientId: womanId, occurredOn: on, storeId, itemCode: 'YS401', boxes: 2, startsOn: on },
      })
  }
}

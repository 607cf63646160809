import type { NewChildcareInstitution } from '@youyu/shared/population/childcare'
import type { NewMotherInfantRoom } from '@youyu/shared/population/mother-infant-rooms'
import type { DivisionRow } from '../generator/index.ts'
import { day, enter, look, type Signed } from './front-door.ts'

type Places = { county: string; township: string; village: string }

/** The county's facilities, and a station in every township. */
export function organisations(county: string, divisions: readonly DivisionRow[]): object[] {
  const divisionCode = `${county}000000`
  return [
    { code: 'DEMO-B', type: 'ORG-B', name: '五莲县卫生健康局（演示）', divisionCode },
    {
      ...{ code: 'DEMO-S', type: 'ORG-S', name: '五莲县妇幼保健计划生育服务中心（演示）', divisionCode },
      ...{ familyPlanningLicence: true, midwiferyLicence: true },
      ...{ licenceNumber: 'PDY-DEMO-S', licenceValidUntil: '2031-12-31' },
    },
    { code: 'DEMO-H', type: 'ORG-H', name: '五莲县人民医院（演示）', divisionCode, midwiferyLicence: true },
    { code: 'DEMO-L', type: 'ORG-N', name: '新生儿疾病筛查与临床检验中心（演示）', divisionCode },
    ...divisions
      .filter(({ code, level }) => level === 4 && code.startsWith(county))
      .map(({ code, name }) => ({
        ...{
          code: `ST-${code.slice(0, 9)}`,
          type: 'ORG-TS',
          name: `${name}卫生院（演示）`,
          divisionCode: code,
        },
        ...{ familyPlanningLicence: true, licenceNumber: `PDY-${code.slice(0, 9)}` },
        licenceValidUntil: '2031-12-31',
      })),
  ]
}

/** Childcare places and rooms of the township around the demo's village. */
export async function openServices(as: Signed, { township, village }: Places): Promise<void> {
  const institutions: NewChildcareInstitution[] = [
    {
      ...{
        name: '童心社区托育中心（演示）',
        kind: 'COMMUNITY',
        filingNumber: 'TY-DEMO-001',
        inclusive: true,
      },
      ...{ placesUnder1: 10, places1: 25, places2: 40, staff: 14, feeMonthFen: 120_000 },
      ...{ openedOn: '2022-03-01', divisionCode: village },
    },
    {
      ...{
        name: '向阳幼儿园托班（演示）',
        kind: 'KINDERGARTEN',
        filingNumber: 'TY-DEMO-002',
        inclusive: true,
      },
      ...{ places2: 60, staff: 9, feeMonthFen: 90_000, openedOn: '2023-09-01', divisionCode: township },
    },
    {
      ...{ name: '小橘灯家庭托育点（演示）', kind: 'HOME', placesUnder1: 2, places1: 3, staff: 2 },
      ...{ feeMonthFen: 160_000, openedOn: '2024-05-06', divisionCode: village },
    },
  ]
  for (const institution of institutions) await enter(as, '/api/v1/childcare-institutions', institution)
  const rooms: NewMotherInfantRoom[] = [
    ['五莲县人民医院门诊楼（演示）', 'HOSPITAL', 12, true] as const,
    ['五莲汽车站候车厅（演示）', 'STATION', 8, true] as const,
    ['中心商场三层（演示）', 'MALL', 10, true] as const,
    ['政务服务大厅（演示）', 'OFFICE', 6, false] as const,
  ].map(([site, siteKind, areaSquareMetres, standardMet]) => ({
    ...{ site, siteKind, required: true, areaSquareMetres, standardMet },
    ...{ openedOn: standardMet ? '2021-06-01' : null, divisionCode: township },
  }))
  for (const room of rooms) await enter(as, '/api/v1/mother-infant-rooms', room)
}

type Listed = { items: { id: string; status: string }[] }

/** Some women who registered a pregnancy because they wished to, and some who registered a birth to come. */
export async function registerExpecting(carer: Signed, clerk: Signed, today: string): Promise<string[]> {
  const listed = await look<Listed>(clerk, '/api/v1/persons?sex=2&ageFrom=23&ageTo=35&limit=24')
  const women = listed.items.filter(({ status }) => status === 'ACTIVE')
  const colours = ['GREEN', 'GREEN', 'GREEN', 'YELLOW', 'YELLOW', 'ORANGE', 'GREEN', 'RED']
  for (const [place, { id: womanId }] of women.slice(0, 12).entries()) {
    const lastMenstruationOn = day(today, 70 + place * 15)
    await enter(carer, '/api/v1/pregnancies', {
      ...{ womanId, channel: 'STATION', contactConsent: place % 3 !== 0, lastMenstruationOn },
      ...{ registeredOn: day(today, 10 + place), riskColour: colours[place % colours.length] },
    })
  }
  for (const [place, { id: registrantId }] of women.slice(6, 14).entries())
    await enter(clerk, '/api/v1/birth-registrations', {
      ...{ purpose: 'PREGNANT', channel: 'STATION', registrantId },
      ...{ expectedOn: day(today, -30 - place * 20), childOrder: 1 + (place % 2) },
    })
  return women.map(({ id }) => id)
}

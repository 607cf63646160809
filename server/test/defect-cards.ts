import type { CardContent } from '@youyu/shared/birth-defects/defect-card'
import type { DefectCard } from '@youyu/shared/birth-defects/defect-cases'
import { openFacility, type Facility } from './facility.ts'
import type { Officer, TestOffice } from './office.ts'
import { bodyOf, furnishPlaces, places } from './register.ts'

type Parts = { [Part in keyof CardContent]?: Partial<CardContent[Part]> }

let serial = 0

/** A card with what a submission needs; synthetic. */
export function cardContent(parts: Parts = {}): CardContent {
  serial += 1
  return {
    division: places.village,
    links: {
      ...{ chainId: null, motherId: null, childId: null, pregnancyId: null, birthId: null },
      ...parts.links,
    },
    mother: {
      ...{
        recordNumber: `Z${serial}`,
        name: `试母${serial}`,
        ethnic: '01',
        birthDate: '1996-05-06',
        age: null,
      },
      ...{ residenceKind: 'RURAL', address: '试镇试村', phone: null, incomeBand: '3', education: '3' },
      ...{ gravida: 2, para: 1, ...parts.mother },
    },
    child: {
      ...{ recordNumber: null, bornOn: '2026-01-10', bornAt: '08:30', gestationDays: 273, weightGrams: 3100 },
      ...{ plurality: 1, sequence: 1, zygosity: null, sex: '1', outcome: 'LIVE', isInduced: false },
      ...parts.child,
    },
    diagnosis: {
      ...{ basis: ['CLINICAL'], basisWords: null, on: '2026-01-11', when: 'WITHIN_7D', gestationDays: null },
      items: [{ icd10: 'Q69.0', laterality: 'L', description: '左手六指' }],
      ...parts.diagnosis,
    },
    exposures: { codes: [], illness: null, drugs: null, hazards: null, ...parts.exposures },
    family: {
      ...{ stillbirths: 0, spontaneousAbortions: 0, defectChildren: 0, defectNames: null },
      ...{ hasHistory: false, history: null, isConsanguineous: false, relation: null, ...parts.family },
    },
    report: { name: '填卡人', title: '主治医师', filledOn: '2026-01-12', ...parts.report },
  }
}

/** A fetus whose defect was seen before birth; the pregnancy goes on. */
export function prenatalContent(parts: Parts = {}): CardContent {
  return cardContent({
    ...parts,
    child: {
      ...{ bornOn: null, bornAt: null, gestationDays: null, weightGrams: null, plurality: null },
      ...{ sequence: null, sex: null, outcome: null, isInduced: null, ...parts.child },
    },
    diagnosis: {
      ...{ basis: ['ULTRASOUND'], on: '2026-01-11', when: 'PRENATAL', gestationDays: 160 },
      items: [{ icd10: 'Q05.9', laterality: null, description: null }],
      ...parts.diagnosis,
    },
  })
}

export type Surveillance = {
  station: Facility
  otherStation: Facility
  /** Fills cards. */
  reporter: Officer
  clinician: Officer
  /** Second signatures of the station. */
  chief: Officer
  /** Of the other station. */
  neighbour: Officer
  otherChief: Officer
  /** Reviews the county's cards. */
  mch: Officer
  otherMch: Officer
}

export async function openSurveillance(office: TestOffice, today = '2026-01-15'): Promise<Surveillance> {
  office.setNow(new Date(`${today}T02:00:00Z`))
  await furnishPlaces(office)
  const station = await openFacility(office, places.street, { code: 'HO-1' })
  const otherStation = await openFacility(office, places.otherTownship, { code: 'HO-2' })
  const bureau = await openFacility(office, places.county, { code: 'MCH-1' })
  const farBureau = await openFacility(office, places.otherCounty, { code: 'MCH-9' })
  const at = { organisation: station.code }
  const elsewhere = { organisation: otherStation.code }
  return {
    station,
    otherStation,
    reporter: await office.officer('midwifery_reporter', places.street, at),
    clinician: await office.officer('station_clinician', places.street, at),
    chief: await office.officer('chief_clinician', places.street, at),
    neighbour: await office.officer('midwifery_reporter', places.otherTownship, elsewhere),
    otherChief: await office.officer('chief_clinician', places.otherTownship, elsewhere),
    mch: await office.officer('county_mch', places.county, { organisation: bureau.code }),
    otherMch: await office.officer('county_mch', places.otherCounty, { organisation: farBureau.code }),
  }
}

export async function drafted(by: Officer, content = cardContent()): Promise<DefectCard> {
  return bodyOf<DefectCard>(await by.post('/api/v1/defect-cards', content), 201)
}

export async function submitted(by: Officer, content = cardContent()): Promise<DefectCard> {
  const { id, version } = await drafted(by, content)
  return bodyOf<DefectCard>(
    await by.post(`/api/v1/defect-cards/${id}/submissions`, undefined, { ifMatch: version }),
    201,
  )
}

export const approval = { decision: 'APPROVED' } as const
export const provinceAnswer = {
  decision: 'APPROVED',
  documentNumber: '鲁妇监〔2026〕3号',
  decidedOn: '2026-01-15',
} as const

/** A step of a review by an officer, against the version that is given. */
export async function stepped(
  by: Officer,
  card: { id: string; version: number },
  step: 'hospital-reviews' | 'county-reviews' | 'province-reviews' | 'closings',
  body?: object,
): Promise<DefectCard> {
  const place = step === 'hospital-reviews' ? 'defect-cards' : 'defect-reviews'
  const answer = await by.post(`/api/v1/${place}/${card.id}/${step}`, body, { ifMatch: card.version })
  return bodyOf<DefectCard>(answer, 201)
}

/** Through all reviews. */
export async function finished(desk: Surveillance, content = cardContent()): Promise<DefectCard> {
  let card = await submitted(desk.reporter, content)
  card = await stepped(desk.chief, card, 'hospital-reviews', approval)
  card = await stepped(desk.mch, card, 'county-reviews', approval)
  card = await stepped(desk.mch, card, 'province-reviews', provinceAnswer)
  return await stepped(desk.mch, card, 'closings')
}

import type { Place } from './county.ts'
import type { Officer, TestOffice } from './office.ts'

export type ScreeningRecords = {
  prenatalScreen: string
  screenPositive: string
  prenatalDiagnosis: string
  medicalTermination: string
  screenedWoman: string
  screenedChild: string
  p13: string
  physician: string
  otherPhysician: string
  bloodSpot: string
  hearingScreen: string
  cchdScreen: string
}

export const screeningNouns = {
  'prenatal-screens': 'prenatalScreen',
  'screen-positives': 'screenPositive',
  'prenatal-diagnoses': 'prenatalDiagnosis',
  'medical-terminations': 'medicalTermination',
  'blood-spots': 'bloodSpot',
  'hearing-screens': 'hearingScreen',
  'cchd-screens': 'cchdScreen',
} as const

const on = '2026-08-10'
const reason = '误录'
const screen = {
  ...{ kind: 'SERUM', offeredOn: on, decision: 'AGREED', takenOn: on, gestationDays: 120 },
  report: { reportedOn: on, values: { t21OneIn: 100 } },
}
const counselling = { counsellor: '医生', options: ['CONTINUE_WITH_SUPPORT', 'DIAGNOSIS'] }
const ears = { stage: 'FIRST', occurredOn: on, method: 'OAE', left: 'PASS', right: 'REFER' }
const heart = { occurredOn: on, hoursAfterBirth: 24, murmurGrade: 0, hand: 93, foot: 93 }
const grounds = (procedureId: string, [first, second]: readonly [string, string]) => ({
  ...{
    procedureId,
    indicatedOn: on,
    gestationDays: 150,
    defectCodes: ['Q00.0'],
    counselledOn: on,
    counsellor: '医生',
  },
  first: { physicianId: first, on, opinion: '诊断明确' },
  second: { physicianId: second, on, opinion: '诊断明确' },
})

/** What a facility keeps of screens before and after birth. */
export async function screeningOf(
  office: TestOffice,
  place: Place,
  clinician: Officer,
  given: { womanId: string; childId: string; station: string },
): Promise<ScreeningRecords> {
  const made = async <Body = { id: string }>(
    noun: string,
    body: object,
    officer = clinician,
    ifMatch?: number,
  ) => {
    const answer = await officer.post(`/api/v1/${noun}`, body, ifMatch === undefined ? {} : { ifMatch })
    if (answer.status >= 300) throw new Error(`${noun} could not be made: ${answer.text}`)
    return answer.body as Body
  }
  const { womanId, childId } = given
  const county = await office.officer('county_mch', place.county)
  const licence = async (name: string) =>
    (
      await made(
        'operator-licences',
        {
          ...{
            organisationId: given.station,
            name,
            certificateNumber: `S-${name}-${given.station}`,
            procedures: ['P13'],
          },
          validFrom: '2020-01-01',
        },
        county,
      )
    ).id
  const physicians: [string, string] = [await licence('甲'), await licence('乙')]
  const prenatal = await made<{ id: string; caseId: string }>('prenatal-screens', { womanId, ...screen })
  const asked = await made<{ id: string; version: number }>('procedures', {
    ...{ clientId: womanId, type: 'P13', requestedOn: on, indication: 'MEDICAL' },
  })
  const consent = await made('care-consents', {
    ...{ clientId: womanId, kind: 'PROCEDURE', procedureType: 'P13', givenOn: on, evidence: 'SIGNED' },
  })
  await made(
    `procedures/${asked.id}/steps`,
    { to: 'CONSENTED', on, consentId: consent.id },
    clinician,
    asked.version,
  )
  return {
    ...{
      prenatalScreen: prenatal.id,
      screenPositive: prenatal.caseId,
      p13: asked.id,
      physician: physicians[0],
      otherPhysician: physicians[1],
    },
    ...{ screenedWoman: womanId, screenedChild: childId },
    prenatalDiagnosis: (
      await made('prenatal-diagnoses', {
        womanId,
        indications: ['HIGH_RISK'],
        offeredOn: on,
        decision: 'UNDECIDED',
      })
    ).id,
    medicalTermination: (await made('medical-terminations', grounds(asked.id, physicians))).id,
    bloodSpot: (await made('blood-spots', { childId, noSampleReason: 'LEFT_EARLY', on })).id,
    hearingScreen: (await made('hearing-screens', { childId, ...ears })).id,
    cchdScreen: (await made('cchd-screens', { childId, ...heart })).id,
  }
}

type Known = ScreeningRecords & { mother: string; child: string }

export const screeningBodies: Record<string, (records: Known) => unknown> = {
  recordPrenatalScreen: ({ mother }) => ({ womanId: mother, ...screen }),
  continuePrenatalScreen: () => ({ counsellor: '医生' }),
  correctPrenatalScreen: () => ({ set: { counsellor: '医生' }, reason }),
  voidPrenatalScreen: () => ({ reason }),
  stepPositiveCase: () => ({ to: 'CONTACTED', on, mode: 'PHONE' }),
  takeBackPositiveStep: () => ({ reason }),
  recordDiagnosis: ({ mother }) => ({
    ...{ womanId: mother, indications: ['HISTORY'], offeredOn: on, decision: 'DECLINED' },
  }),
  continueDiagnosis: () => ({ counsellor: counselling.counsellor }),
  correctDiagnosis: () => ({ set: { counsellor: '医生' }, reason }),
  voidDiagnosis: () => ({ reason }),
  recordTermination: ({ p13, physician, otherPhysician }) => grounds(p13, [physician, otherPhysician]),
  voidTermination: () => ({ reason }),
  recordBloodSpot: ({ child }) => ({ childId: child, sampledOn: on }),
  stepBloodSpot: () => ({ to: 'UNSAT', on }),
  remindBloodSpot: () => ({ on }),
  correctBloodSpot: () => ({ set: { feeds: 9 }, reason }),
  voidBloodSpot: () => ({ reason }),
  recordHearingScreen: ({ child }) => ({ childId: child, ...ears }),
  correctHearingScreen: () => ({ set: { right: 'PASS' }, reason }),
  voidHearingScreen: () => ({ reason }),
  recordCchdScreen: ({ child }) => ({ childId: child, ...heart }),
  continueCchdScreen: () => ({ repeat: { minutes: 180, hand: 97, foot: 97 } }),
  correctCchdScreen: () => ({ set: { hand: 97, foot: 97 }, reason }),
  voidCchdScreen: () => ({ reason }),
  setScreeningParameter: () => ({
    ...{
      item: 'CH',
      value: 9,
      validFrom: `2027-01-${String(1 + Math.floor(Math.random() * 28)).padStart(2, '0')}`,
    },
    ...{ source: '县文件', reason: '本县实验室' },
  }),
}

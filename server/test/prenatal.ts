import type { PrenatalScreen } from '@youyu/shared/birth-defects/prenatal'
import type { PositiveCase } from '@youyu/shared/birth-defects/prenatal-cases'
import { openClinic } from './clinic.ts'
import { openOffice } from './office.ts'
import { bodyOf } from './register.ts'

export const today = '2026-08-20'

export const serum = (womanId: string, t21OneIn: number) => ({
  ...{
    womanId,
    kind: 'SERUM',
    offeredOn: '2026-08-03',
    counsellor: '李医生',
    understood: true,
    decision: 'AGREED',
  },
  takenOn: '2026-08-03',
  report: { reportedOn: '2026-08-07', values: { t21OneIn, t18OneIn: 90000, afpMom: 1.1 } },
})

export type PrenatalRoom = Awaited<ReturnType<typeof openPrenatalRoom>>

/** A clinic on 2026-08-20, with women who expect a child. */
export async function openPrenatalRoom() {
  const office = await openOffice()
  office.setNow(new Date(`${today}T09:00:00+08:00`))
  const clinic = await openClinic(office)

  /** Expected on 2027-01-07: 2026-08-20 is day 140. */
  async function expecting(lastMenstruationOn = '2026-04-02') {
    const { id } = await clinic.woman()
    const pregnancy = bodyOf<{ id: string }>(
      await clinic.clinician.post('/api/v1/pregnancies', {
        ...{ womanId: id, lastMenstruationOn, registeredOn: '2026-06-01' },
        ...{ channel: 'STATION', contactConsent: true },
      }),
      201,
    )
    return { womanId: id, pregnancyId: pregnancy.id }
  }

  const caseOf = async (id: string) =>
    bodyOf<PositiveCase>(await clinic.clinician.get(`/api/v1/screen-positives/${id}`), 200)

  return {
    office,
    clinic,
    expecting,
    caseOf,

    async highRisk() {
      const her = await expecting()
      const screen = bodyOf<PrenatalScreen>(
        await clinic.clinician.post('/api/v1/prenatal-screens', serum(her.womanId, 120)),
        201,
      )
      return { ...her, screen, case: await caseOf(screen.caseId!) }
    },

    linkOf: async (womanId: string, item: string) =>
      (
        await office.sql<{ state: string; positive: string | null; dropped: string | null }>(
          `select l.state, l.positive_on::text as positive, l.drop_reason as dropped from chain_links l join chains c on c.county_code = l.county_code and c.id = l.chain_id
           where c.woman_id = $1 and l.item = $2`,
          [womanId, item],
        )
      )[0],
  }
}

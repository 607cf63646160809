import type { AntenatalCare } from '@youyu/shared/birth-defects/antenatal-care'
import type { AntenatalContact } from '@youyu/shared/birth-defects/antenatal-contacts'
import type { Pregnancy } from '@youyu/shared/population/pregnancies'
import { openClinic } from './clinic.ts'
import { openOffice, type Officer } from './office.ts'
import { bodyOf } from './register.ts'

export const today = '2026-08-20'
export const contactUrl = '/api/v1/antenatal-contacts'

export const aContact = (pregnancyId: string, given: object = {}) => ({
  ...{ pregnancyId, occurredOn: today, values: { systolic: 118, diastolic: 74, haemoglobin: 121 }, ...given },
})
export const codes = (findings: readonly { code: string }[]) => findings.map(({ code }) => code)

export type AntenatalRoom = Awaited<ReturnType<typeof openAntenatalRoom>>

/** A clinic on 2026-08-20, with pregnant women and their contacts. */
export async function openAntenatalRoom() {
  const office = await openOffice()
  office.setNow(new Date(`${today}T09:00:00+08:00`))
  const clinic = await openClinic(office)

  return {
    office,
    clinic,

    /** 21+0 weeks today: expected on 2026-12-31. */
    async pregnant(given: object = {}, woman: object = {}): Promise<Pregnancy> {
      const { id: womanId } = await clinic.woman(woman)
      const body = {
        ...{ womanId, expectedOn: '2026-12-31', registeredOn: '2026-06-01', channel: 'STATION' },
        ...{ contactConsent: true, ...given },
      }
      return bodyOf<Pregnancy>(await clinic.clinician.post('/api/v1/pregnancies', body), 201)
    },

    recorded: async (pregnancyId: string, given: object = {}, who: Officer = clinic.clinician) =>
      bodyOf<AntenatalContact>(await who.post(contactUrl, aContact(pregnancyId, given)), 201),

    careOf: async (id: string, who: Officer = clinic.clinician) =>
      bodyOf<AntenatalCare>(await who.get(`/api/v1/antenatal-care/${id}`), 200),

    async linksOf(pregnancyId: string): Promise<Record<string, string>> {
      const links = await office.sql<{ item: string; state: string }>(
        `select l.item, l.state from chain_links l join chains c on c.county_code = l.county_code and c.id = l.chain_id where c.pregnancy_id = $1`,
        [pregnancyId],
      )
      return Object.fromEntries(links.map(({ item, state }) => [item, state]))
    },
  }
}

import type { LabBatch, LabOrder } from '@youyu/shared/birth-defects/laboratory'
import { openClinic, type Clinic } from './clinic.ts'
import { openFacility, type Facility } from './facility.ts'
import type { Officer, TestOffice } from './office.ts'
import { bodyOf, places } from './register.ts'

export type Laboratory = {
  clinic: Clinic
  lab: Facility
  /** Works at the laboratory. */
  technician: Officer
  /** Works at another laboratory of the county. */
  otherTechnician: Officer
  order(panelCode: string, given?: object): Promise<LabOrder>
  post(rows: readonly object[], given?: object): Promise<LabBatch>
}

let batches = 0

/** A clinic with a laboratory that measures for it, and another laboratory that does not. */
export async function openLaboratory(office: TestOffice, today: string): Promise<Laboratory> {
  const clinic = await openClinic(office)
  const lab = await openFacility(office, places.county, { code: 'LAB-1', type: 'ORG-N', licensed: false })
  const other = await openFacility(office, places.county, { code: 'LAB-2', type: 'ORG-H', licensed: false })
  const technician = await office.officer('lab_user', places.county, { organisation: lab.code })
  return {
    ...{ clinic, lab, technician },
    otherTechnician: await office.officer('lab_user', places.county, { organisation: other.code }),
    async order(panelCode, given = {}) {
      const born = panelCode === 'BLOOD_SPOT' ? { name: '王宝', sex: '1', birthDate: '2026-08-05' } : {}
      const clientId = 'clientId' in given ? {} : { clientId: (await clinic.woman(born)).id }
      const body = { ...clientId, labId: lab.id, panelCode, orderedOn: today, collectedOn: today, ...given }
      return bodyOf<LabOrder>(await clinic.clinician.post('/api/v1/lab-orders', body), 201)
    },
    async post(rows, given = {}) {
      const reference = `B-${(batches += 1)}`
      const body = { reference, rows: rows.map((row) => ({ measuredOn: today, ...row })), ...given }
      return bodyOf<LabBatch>(await technician.post('/api/v1/lab-batches', body), 201)
    },
  }
}

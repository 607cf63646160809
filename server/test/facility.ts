import type { TestOffice } from './office.ts'

export type Facility = { id: string; code: string; divisionCode: string }

/** A facility that may do contraception procedures, as an administrator registers it. */
export async function openFacility(
  office: TestOffice,
  divisionCode: string,
  { code = 'ST-1', type = 'ORG-TS', licensed = true } = {},
): Promise<Facility> {
  const admin = await office.officer('sys_admin', null)
  const { status, body, text } = await admin.post('/api/v1/organisations', {
    ...{ code, type, name: `卫生院 ${code}`, divisionCode },
    ...(licensed && {
      ...{ licenceNumber: `PDY-${code}`, licenceValidUntil: '2030-12-31', familyPlanningLicence: true },
    }),
  })
  if (status !== 201) throw new Error(text)
  return { id: (body as { id: string }).id, code, divisionCode }
}

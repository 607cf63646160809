import { z } from 'zod'
import { defineEndpoint } from './endpoint.ts'
import { CivilDate, DivisionCode, Id, Page, PageQuery, Text } from './values.ts'

/** Organisation types of domain §2.1. */
export const OrganisationType = z.enum([
  'ORG-P',
  'ORG-C',
  'ORG-B',
  'ORG-S',
  'ORG-H',
  'ORG-T',
  'ORG-TS',
  'ORG-V',
  'ORG-VR',
  'ORG-A',
  'ORG-D',
  'ORG-W',
  'ORG-K',
  'ORG-I',
  'ORG-N',
  'ORG-Y',
  'ORG-X',
])
export type OrganisationType = z.infer<typeof OrganisationType>

const alphabet = '0123456789ABCDEFGHJKLMNPQRTUWXY'

/** GB 32100-2015: 18 characters, weights 3^i mod 31, check character. */
export function isCreditCode(code: string): boolean {
  if (!/^[0-9A-HJ-NPQRTUWXY]{18}$/.test(code)) return false
  let sum = 0
  let weight = 1
  for (const character of code.slice(0, 17)) {
    sum += alphabet.indexOf(character) * weight
    weight = (weight * 3) % 31
  }
  return alphabet[(31 - (sum % 31)) % 31] === code[17]
}

const fields = {
  code: z
    .string()
    .trim()
    .regex(/^[A-Za-z0-9-]{2,20}$/),
  type: OrganisationType,
  name: Text(100),
  creditCode: z.string().refine(isCreditCode).nullable(),
  divisionCode: DivisionCode,
  parentId: Id.nullable(),
  /** 医疗机构执业许可证号. */
  licenceNumber: Text(40).nullable(),
  licenceValidUntil: CivilDate.nullable(),
  midwiferyLicence: z.boolean(),
  familyPlanningLicence: z.boolean(),
  digitised: z.boolean(),
  status: z.enum(['active', 'closed']),
}

export const Organisation = z.object({
  id: Id,
  ...fields,
  divisionName: z.string(),
  parentName: z.string().nullable(),
  staff: z.int(),
  version: z.int(),
})
export type Organisation = z.infer<typeof Organisation>

export const listOrganisations = defineEndpoint({
  method: 'GET',
  url: '/api/v1/organisations',
  schema: {
    summary: 'Organisations',
    tags: ['organisations'],
    querystring: z.strictObject({
      ...PageQuery,
      q: Text(60).optional(),
      type: OrganisationType.optional(),
      division: DivisionCode.optional(),
      status: z.enum(['active', 'closed']).optional(),
    }),
    response: { 200: Page(Organisation) },
  },
  config: { permission: 'organisation.read', dataClass: 'L0' },
})
export const getOrganisation = defineEndpoint({
  method: 'GET',
  url: '/api/v1/organisations/:id',
  schema: {
    summary: 'One organisation',
    tags: ['organisations'],
    params: z.strictObject({ id: Id }),
    response: { 200: Organisation },
  },
  config: { permission: 'organisation.read', dataClass: 'L0' },
})
export const NewOrganisation = z.strictObject(fields).partial({
  creditCode: true,
  parentId: true,
  licenceNumber: true,
  licenceValidUntil: true,
  midwiferyLicence: true,
  familyPlanningLicence: true,
  digitised: true,
  status: true,
})
export const createOrganisation = defineEndpoint({
  method: 'POST',
  url: '/api/v1/organisations',
  schema: {
    summary: 'Add an organisation',
    tags: ['organisations'],
    body: NewOrganisation,
    response: { 201: Organisation },
  },
  config: { permission: 'organisation.manage', dataClass: 'L0', idempotent: true },
})
export const changeOrganisation = defineEndpoint({
  method: 'PATCH',
  url: '/api/v1/organisations/:id',
  schema: {
    summary: 'Change an organisation',
    tags: ['organisations'],
    params: z.strictObject({ id: Id }),
    body: z.strictObject(fields).omit({ code: true }).partial(),
    response: { 200: Organisation },
  },
  config: { permission: 'organisation.manage', dataClass: 'L0', conditional: true },
})

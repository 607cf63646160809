import { z } from 'zod'
import { defineEndpoint } from '../endpoint.ts'
import { CivilDate, Id, Page, PageQuery, Text } from '../values.ts'
import { ProcedureType } from './care-value-sets.ts'

const fields = {
  /** Where she works; a licence holds at any licensed facility, as a visiting expert’s does (S1-03). */
  organisationId: Id,
  name: Text(50),
  /** 计划生育技术服务人员合格证 or 母婴保健技术考核合格证. */
  certificateNumber: Text(40),
  procedures: z.array(ProcedureType).min(1).max(13),
  validFrom: CivilDate,
  validUntil: CivilDate.nullable(),
  /** Her account, where she has one. */
  userId: Id.nullable(),
  isExpert: z.boolean(),
  status: z.enum(['active', 'withdrawn']),
}

/** 施术资格: who may perform which procedures from when until when. */
export const OperatorLicence = z.object({
  id: Id,
  ...fields,
  organisationName: z.string(),
  version: z.int(),
})
export type OperatorLicence = z.infer<typeof OperatorLicence>

export const NewOperatorLicence = z
  .strictObject(fields)
  .partial({ validUntil: true, userId: true, isExpert: true, status: true })
export type NewOperatorLicence = z.infer<typeof NewOperatorLicence>

const params = z.strictObject({ id: Id })

export const listOperatorLicences = defineEndpoint({
  method: 'GET',
  url: '/api/v1/operator-licences',
  schema: {
    summary: 'Licensed operators, by name',
    tags: ['operator-licences'],
    querystring: z.strictObject({
      ...PageQuery,
      q: Text(50).optional(),
      organisationId: Id.optional(),
      procedure: ProcedureType.optional(),
      /** Valid on the day. */
      on: CivilDate.optional(),
    }),
    response: { 200: Page(OperatorLicence) },
  },
  config: { permission: 'care-rule.read', dataClass: 'L1' },
})

export const getOperatorLicence = defineEndpoint({
  method: 'GET',
  url: '/api/v1/operator-licences/:id',
  schema: {
    summary: 'One operator’s licence',
    tags: ['operator-licences'],
    params,
    response: { 200: OperatorLicence },
  },
  config: { permission: 'care-rule.read', dataClass: 'L1' },
})

export const createOperatorLicence = defineEndpoint({
  method: 'POST',
  url: '/api/v1/operator-licences',
  schema: {
    summary: 'License an operator',
    tags: ['operator-licences'],
    body: NewOperatorLicence,
    response: { 201: OperatorLicence },
  },
  config: { permission: 'care-rule.manage', dataClass: 'L1', idempotent: true },
})

export const changeOperatorLicence = defineEndpoint({
  method: 'PATCH',
  url: '/api/v1/operator-licences/:id',
  schema: {
    summary: 'Change, extend or withdraw an operator’s licence',
    tags: ['operator-licences'],
    params,
    body: z
      .strictObject(fields)
      .partial()
      .refine((set) => Object.keys(set).length > 0),
    response: { 200: OperatorLicence },
  },
  config: { permission: 'care-rule.manage', dataClass: 'L1', conditional: true },
})

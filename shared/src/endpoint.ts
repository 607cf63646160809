import type { z } from 'zod'
import type { Permission } from './permissions.ts'
import type { DataClass } from './values.ts'

export type EndpointSchema = {
  params?: z.ZodObject
  querystring?: z.ZodObject
  body?: z.ZodType
  headers?: z.ZodObject
  /** By status; a 204 is `z.null()`. */
  response: Record<number, z.ZodType>
  summary: string
  tags: [string]
  consumes?: string[]
}

export type EndpointConfig = {
  /** `public` needs no session, `signed-in` any session, all else a grant that carries the permission. */
  permission: Permission | 'public' | 'signed-in'
  /** The highest class of personal data that the answer may carry. */
  dataClass: DataClass
  /** Creates a fact, an import or money: takes `Idempotency-Key`. */
  idempotent?: boolean
  /** Changes a versioned record: requires `If-Match`. */
  conditional?: boolean
  /** The answer is not JSON (a file, an event stream): no response schema is applied. */
  raw?: boolean
  /** The upload is read by the handler as multipart/form-data. */
  multipart?: boolean
  /** Open to a session that must change its password or enrol a second factor first. */
  beforeReady?: boolean
}

/** Fastify's route options minus the handler: the server registers it, the SPA calls it, OpenAPI is made from it. */
export type Endpoint = {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  url: string
  schema: EndpointSchema
  config: EndpointConfig
}

export function defineEndpoint<const Contract extends Endpoint>(contract: Contract): Contract {
  return contract
}

type SchemaPart<
  Contract extends Endpoint,
  Part extends keyof EndpointSchema,
> = Contract['schema'][Part] extends z.ZodType ? Contract['schema'][Part] : never

/** What a caller passes: inputs before zod's defaults and coercions. */
export type EndpointInput<Contract extends Endpoint> = {
  [
    Part in 'params' | 'querystring' | 'body' as Contract['schema'][Part] extends z.ZodType ? Part : never
  ]: z.input<SchemaPart<Contract, Part>>
}

type Success = 200 | 201 | 202 | 204

/** The answer of a successful call (a union where several statuses succeed). */
export type EndpointOutput<Contract extends Endpoint> = {
  [Status in keyof Contract['schema']['response']]: Status extends Success
    ? Contract['schema']['response'][Status] extends z.ZodType
      ? z.output<Contract['schema']['response'][Status]>
      : never
    : never
}[keyof Contract['schema']['response']]

import { errorCodes, type ErrorCode } from '@youyu/shared/errors'

export type WrongField = {
  /** JSON pointer into the body (`/name`), or `?name` for a query parameter. */
  pointer: string
  code: ErrorCode
  detail?: string
}

type Details = { detail?: string; errors?: WrongField[]; headers?: Record<string, string> }

/** A no with a code that the person who asked can act on; becomes problem+json. */
export class Refused extends Error {
  readonly code: ErrorCode
  readonly status: number
  readonly details: Details

  constructor(code: ErrorCode, details: Details = {}) {
    super(details.detail ?? errorCodes[code][2])
    this.name = 'Refused'
    this.code = code
    this.status = errorCodes[code][0]
    this.details = details
  }

  static field(pointer: string, code: ErrorCode, detail?: string): Refused {
    return new Refused('invalid-request', { errors: [{ pointer, code, ...(detail && { detail }) }] })
  }
}

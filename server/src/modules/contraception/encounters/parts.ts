import { Refused } from '../../../refused.ts'

/** A part's refusal names the field where the body has it. */
export async function under<Result>(pointer: string, part: Promise<Result>): Promise<Result> {
  try {
    return await part
  } catch (error) {
    if (!(error instanceof Refused) || !error.details.errors) throw error
    const errors = error.details.errors.map((wrong) => ({
      ...wrong,
      pointer: isOfVisit(wrong.pointer) ? wrong.pointer : pointer + wrong.pointer,
    }))
    throw new Refused(error.code, { ...error.details, errors })
  }
}

function isOfVisit(pointer: string): boolean {
  return pointer === '/clientId' || pointer === '/occurredOn'
}

import { ApiProblem } from './problem.ts'

/** A correction's fields stand under `set`; the form has them at its root. */
export async function ofCorrection<Answer>(sent: Promise<Answer>): Promise<Answer> {
  try {
    return await sent
  } catch (error) {
    if (error instanceof ApiProblem)
      for (const each of error.problem?.errors ?? []) each.pointer = each.pointer.replace(/^\/set\//, '/')
    throw error
  }
}

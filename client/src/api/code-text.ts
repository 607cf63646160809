import { errorCodes } from '@youyu/shared/errors'
import type { ErrorCode } from '@youyu/shared/errors'
import type { Language } from './problem.ts'

/** The text of a code that comes without its problem document: a failed job, a rejected row. */
export function codeText(code: ErrorCode, language: Language): string {
  return errorCodes[code][language === 'en' ? 2 : 1]
}

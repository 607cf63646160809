import { z } from 'zod'
import zhCN from 'zod/v4/locales/zh-CN.js'
import { i18n, language } from './texts.ts'
import type { TextKey } from './messages.ts'
import type * as Errors from '@youyu/shared/errors'

function say(key: TextKey & `ui.check.${string}`, named: Record<string, string | number> = {}): string {
  return i18n.global.t(key, named)
}

const required = () => say('ui.check.required')

let errors: Pick<typeof Errors, 'ErrorCode' | 'errorCodes'> | undefined

/** What shared declares of its own checks has its sentence there. */
function declared(code: unknown): string | undefined {
  const known = errors?.ErrorCode.safeParse(code)
  return known?.success ? errors?.errorCodes[known.data][language() === 'en' ? 2 : 1] : undefined
}

/** The office's words for what zod finds; zod's own Chinese for the rest. */
function messageOf(issue: z.core.$ZodRawIssue): string | undefined {
  const { input } = issue
  const empty = input === undefined || input === null || input === ''
  switch (issue.code) {
    case 'invalid_type':
      return empty ? required() : say('ui.check.format')
    case 'invalid_value':
      return empty ? required() : say('ui.check.choose')
    case 'invalid_format':
      if (empty) return required()
      return issue.format === 'date' ? say('ui.check.date') : say('ui.check.format')
    case 'too_small':
      if (issue.origin === 'string' && Number(issue.minimum) <= 1) return required()
      if (issue.origin === 'string') return say('ui.check.tooShort', { count: Number(issue.minimum) })
      if (issue.origin === 'array') return say('ui.check.chooseOne')
      return say('ui.check.least', { count: Number(issue.minimum) })
    case 'too_big':
      if (issue.origin === 'string') return say('ui.check.tooLong', { count: Number(issue.maximum) })
      if (issue.origin === 'array') return say('ui.check.tooMany', { count: Number(issue.maximum) })
      return say('ui.check.most', { count: Number(issue.maximum) })
    case 'custom':
      return declared(issue.params?.['code']) ?? (empty ? required() : say('ui.check.format'))
    default:
      return undefined
  }
}

export function speakInForms(): void {
  const chinese = zhCN().localeError
  const english = z.locales.en().localeError
  z.config({
    customError: messageOf,
    localeError: (issue) => (language() === 'en' ? english(issue) : chinese(issue)),
  })
}

/** The sentences of refusals, for forms; a page without a form does without them. */
export async function learnRefusals(): Promise<void> {
  errors ??= await import('@youyu/shared/errors')
}

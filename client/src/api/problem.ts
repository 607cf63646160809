import type { ErrorCode, Problem } from '@youyu/shared/errors'

export type Language = 'zh-CN' | 'en'

/** What the server refused, as RFC 9457 tells it; `unreachable` when there was no answer at all. */
export class ApiProblem extends Error {
  readonly status: number
  readonly code: ErrorCode | 'unreachable'
  readonly problem: Problem | null
  readonly retryAfter: number | null

  constructor(status: number, problem: Problem | null, retryAfter: number | null = null) {
    super(problem?.code ?? 'unreachable')
    this.name = 'ApiProblem'
    this.status = status
    this.code = problem?.code ?? (status === 0 ? 'unreachable' : 'internal')
    this.problem = problem
    this.retryAfter = retryAfter
  }
}

/** Where no problem document came: the two sentences that the server cannot say itself. */
const wordless: Record<'unreachable' | 'internal', Record<Language, string>> = {
  unreachable: {
    'zh-CN': '无法连接服务器，请检查网络后重试',
    en: 'The server cannot be reached; check the network and try again',
  },
  internal: {
    'zh-CN': '系统暂时无法办理，请稍后再试',
    en: 'The system cannot do this for the moment; try again later',
  },
}

/** The sentence for the user; every problem carries its code's text of shared's errors.ts in both languages. */
export function problemText(error: unknown, language: Language): string {
  if (!(error instanceof ApiProblem)) return wordless.internal[language]
  return (
    error.problem?.titles[language] ??
    wordless[error.code === 'unreachable' ? 'unreachable' : 'internal'][language]
  )
}

function isProblem(content: unknown): content is Problem {
  return typeof content === 'object' && content !== null && 'code' in content && 'titles' in content
}

export async function problemOf(response: Response): Promise<ApiProblem> {
  const retryAfter = Number(response.headers.get('retry-after')) || null
  const content: unknown = await response.json().catch(() => null)
  return new ApiProblem(response.status, isProblem(content) ? content : null, retryAfter)
}

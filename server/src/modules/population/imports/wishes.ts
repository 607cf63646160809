import type { FastifyRequest } from 'fastify'
import { z } from 'zod'
import { ColumnMapping, ImportKind, importPermissions, MatchChoice } from '@youyu/shared/population/imports'
import { Text } from '@youyu/shared/values'
import { accessFor } from '../../../access/access.ts'
import { Refused, type WrongField } from '../../../refused.ts'

const flag = z
  .enum(['true', 'false', ''])
  .default('false')
  .transform((value) => value === 'true')
const json = z.string().transform((text, context) => {
  try {
    return JSON.parse(text) as unknown
  } catch {
    context.addIssue({ code: 'custom', message: 'not JSON' })
    return z.NEVER
  }
})
/** What an upload may ask for beside its file. */
export const Wishes = z.strictObject({
  kind: ImportKind,
  onMatch: MatchChoice.default('skip'),
  dryRun: flag,
  again: flag,
  mapping: json.pipe(ColumnMapping).optional(),
  source: Text(60).optional(),
})
export type Wishes = z.output<typeof Wishes>

export function wishesIn<Schema extends z.ZodType>(
  schema: Schema,
  fields: Record<string, string>,
): z.output<Schema> {
  const parsed = schema.safeParse(
    Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== '')),
  )
  if (parsed.success) return parsed.data
  const errors = parsed.error.issues.flatMap((issue): WrongField[] =>
    issue.code === 'unrecognized_keys'
      ? issue.keys.map((key) => ({ pointer: `/${key}`, code: 'unknown-field' as const }))
      : [
          {
            pointer: `/${issue.path.join('/')}`,
            code:
              fields[String(issue.path[0])] === undefined
                ? ('required' as const)
                : ('invalid-value' as const),
          },
        ],
  )
  throw new Refused('invalid-request', { errors })
}

/** People and what befell them belong to one county. */
export function assertMayLoad(request: FastifyRequest, kind: ImportKind): void {
  const { access, actor } = request
  if (kind !== 'divisions' && access.county === 0)
    throw new Refused('out-of-area', { detail: '请以一个县的身份导入 / load as an officer of one county' })
  assertMayHandle(actor, kind)
}

/** Rejected rows in clear, and decisions about matched ones, are for those alone who may load the kind. */
export function assertMayHandle(actor: FastifyRequest['actor'], kind: ImportKind): void {
  if (!actor || !accessFor(actor, importPermissions[kind], null, null))
    throw new Refused('import-kind-forbidden', {
      errors: [{ pointer: '/kind', code: 'import-kind-forbidden' }],
    })
}

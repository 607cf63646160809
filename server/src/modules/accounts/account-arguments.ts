import { parseArgs } from 'node:util'
import { Username } from '@youyu/shared/accounts'
import { Role } from '@youyu/shared/permissions'
import { DivisionPrefix, prefixOf } from '@youyu/shared/values'
import type { WantedAccount } from './ensure-account.ts'
import { faultOf } from './grants/rules.ts'

export const accountUsage = `Creates an account, or resets it: new password, unlocked, active, its grants replaced by those given.

  npm run account -- --username NAME --password PASSWORD --role ROLE [--role ROLE …] [--division CODE …] [--name "DISPLAY NAME"] [--organisation CODE]

  --division   2, 4, 6, 9 or 12 digits: the area of the roles, or several; without it the whole platform
  --organisation   code of the facility she works for: clinicians see the records of its clients
  --role       one of ${Role.options.join(', ')};
               without a role an existing account keeps its grants
`

/** The command was not understood; the message says why. */
export class Misuse extends Error {}

/** The account that a command line asks for; null where it asks for help. */
export function accountIn(args: string[]): Omit<WantedAccount, 'now'> | null {
  const options = {
    username: { type: 'string' },
    password: { type: 'string' },
    role: { type: 'string', multiple: true },
    division: { type: 'string', multiple: true },
    name: { type: 'string' },
    organisation: { type: 'string' },
    help: { type: 'boolean', short: 'h' },
  } as const
  const { values } = parsed(() => parseArgs({ args, options, strict: true, allowPositionals: false }))
  if (values.help) return null
  const username = Username.safeParse(values.username ?? '')
  if (!username.success) throw new Misuse('--username: 2 to 40 letters, digits, dots, hyphens or underscores')
  const password = values.password ?? ''
  if (password.length === 0 || password.length > 200) throw new Misuse('--password: 1 to 200 characters')
  const areas = (values.division ?? ['']).map(divisionIn)
  const grants = (values.role ?? []).flatMap((role) =>
    areas.map((divisionPrefix) => ({ role: roleIn(role), divisionPrefix })),
  )
  const fault = faultOf(grants)
  if (fault) throw new Misuse(fault)
  const displayName = values.name?.trim()
  return {
    ...{ username: username.data, password, grants },
    ...(displayName && { displayName }),
    ...(values.organisation && { organisation: values.organisation }),
  }
}

function parsed<Value>(parse: () => Value): Value {
  try {
    return parse()
  } catch (error) {
    throw new Misuse((error as Error).message)
  }
}

function divisionIn(text: string): DivisionPrefix {
  if (!DivisionPrefix.safeParse(text).success) throw new Misuse(`--division ${text}: 2, 4, 6, 9 or 12 digits`)
  return text.length === 12 ? prefixOf(text) : text
}

function roleIn(text: string): Role {
  const role = Role.safeParse(text)
  if (!role.success) throw new Misuse(`--role ${text}: no such role; one of ${Role.options.join(', ')}`)
  return role.data
}

import { createPrivateKey } from 'node:crypto'
import { isAbsolute, resolve } from 'node:path'
import { z } from 'zod'

const flag = (fallback: boolean) =>
  z
    .enum(['on', 'off'])
    .default(fallback ? 'on' : 'off')
    .transform((value) => value === 'on')
const count = (fallback: number, max = 1_000_000, min = 0) =>
  z.coerce.number().int().min(min).max(max).default(fallback)
const number = (fallback: number, max = 1_000_000) => count(fallback, max, 1)

const PostgresUrl = z
  .string()
  .refine(
    (text) => URL.canParse(text) && /^postgres(ql)?:/.test(text),
    'must be a URL like postgresql://user:password@host:5432/database',
  )
const SigningKey = z
  .string()
  .transform((pem) => pem.replaceAll('\\n', '\n'))
  .refine(isEd25519, 'must be an Ed25519 private key in PEM (openssl genpkey -algorithm ed25519)')
const Secret = z
  .string()
  .refine((text) => Buffer.byteLength(text) >= 32, 'must have at least 32 bytes (openssl rand -base64 48)')
/** Addresses of the proxies in front whose X-Forwarded-For is believed. */
const Proxies = z
  .string()
  .refine(
    (text) => text.split(',').every((part) => Proxy.safeParse(part.trim()).success),
    'must be addresses or CIDR blocks of the proxies, or loopback, linklocal, uniquelocal, separated by commas',
  )
const Proxy = z.union([
  z.ipv4(),
  z.ipv6(),
  z.cidrv4(),
  z.cidrv6(),
  z.enum(['loopback', 'linklocal', 'uniquelocal']),
])

const ClaimPeers = z
  .string()
  .default('[]')
  .transform((text, context) => {
    try {
      return JSON.parse(text) as unknown
    } catch {
      context.addIssue({ code: 'custom', message: 'must be a JSON array' })
      return z.NEVER
    }
  })
  .pipe(
    z.array(
      z.strictObject({
        county: z.int().min(110000).max(999999),
        url: z.url({ protocol: /^https?$/ }),
        clientId: z.string().min(1),
        clientSecret: z.string().min(1),
      }),
      'must be an array of {county, url, clientId, clientSecret}',
    ),
  )

function isEd25519(pem: string): boolean {
  try {
    return createPrivateKey(pem).asymmetricKeyType === 'ed25519'
  } catch {
    return false
  }
}

function schemaFor(production: boolean) {
  return z.object({
    HOST: z.string().default(production ? '0.0.0.0' : '127.0.0.1'),
    PORT: count(3000, 65_535),
    DATABASE_URL: PostgresUrl.optional(),
    DATA_DIR: z.string().default('.data'),
    DEMO: flag(!production),
    ADMIN_PASSWORD: z.string().min(1).optional(),
    LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
    /** Root of all keys; at least 32 bytes. Outside production one is made and kept in DATA_DIR. */
    SECRET: production ? Secret : Secret.optional(),
    /** Ed25519 private key (PEM) that signs the seals of the access log. */
    AUDIT_SIGNING_KEY: production ? SigningKey : SigningKey.optional(),
    /** Salt of the keyed hashes by which counties compare claimants; the same in all installations that do. */
    CLAIM_SALT: Secret.optional(),
    /** Other installations to ask, as JSON: [{"county": 370321, "url": "https://…", "clientId": "…", "clientSecret": "…"}]. */
    CLAIM_PEERS: ClaimPeers,
    COOKIE_SECURE: flag(true),
    TRUST_PROXY: Proxies.optional(),
    ACCESS_TOKEN_MINUTES: number(15, 60),
    SESSION_HOURS: number(12, 720),
    PASSWORD_MIN_LENGTH: number(12, 128),
    /** 等保 profile: days until a password must be changed; 0 never. */
    PASSWORD_MAX_AGE_DAYS: count(0, 3650),
    PASSWORD_HISTORY: count(0, 50),
    LOCKOUT_ATTEMPTS: number(5, 100),
    LOCKOUT_MINUTES: number(15, 1440),
    /** Whether roles whose definition demands a second factor must enrol one. */
    SECOND_FACTOR_POLICY: z.enum(['off', 'roles']).optional(),
    REQUESTS_PER_MINUTE: number(6000),
    SIGN_INS_PER_MINUTE: number(60),
    MAX_REQUESTS_IN_FLIGHT: number(400, 100_000),
    /** Milliseconds for which the process may be busy with itself before it sheds requests. */
    MAX_EVENT_LOOP_DELAY: number(2000, 600_000),
    UPLOAD_MAX_BYTES: number(150 * 1024 * 1024, 2_000_000_000),
    REVEALS_PER_DAY: count(30, 100_000),
    EXPORT_MAX_ROWS: count(1_000_000, 100_000_000),
    EXPORT_APPROVAL_ROWS: count(500, 100_000_000),
    /** Exchange folder of the bank: `out` is written, `in` is read. */
    BANK_FOLDER: z.string().min(1).optional(),
    /** The bank's own service, which takes files and has returns. */
    BANK_URL: z.url({ protocol: /^https?$/ }).optional(),
    BANK_TOKEN: z.string().min(8).optional(),
    POOL_SIZE: number(10, 100),
    WORKERS: flag(true),
  })
}

export type Config = Omit<z.output<ReturnType<typeof schemaFor>>, 'SECOND_FACTOR_POLICY'> & {
  production: boolean
  SECOND_FACTOR_POLICY: 'off' | 'roles'
}

/** Reads the environment; throws an Error whose message an operator can act on. */
export function readConfig(environment: Record<string, string | undefined>): Config {
  const production = environment['NODE_ENV'] === 'production'
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''))
  const parsed = schemaFor(production).safeParse(given)
  if (!parsed.success) {
    const lines = parsed.error.issues.map(
      (issue) =>
        `  ${issue.path.join('.')}: ${given[String(issue.path[0])] === undefined ? 'is required' : issue.message}`,
    )
    throw new Error(`The configuration is not usable; set these environment variables:\n${lines.join('\n')}`)
  }
  const { SECOND_FACTOR_POLICY, ...rest } = parsed.data
  if (rest.CLAIM_PEERS.length > 0 && rest.CLAIM_SALT === undefined)
    throw new Error(
      'The configuration is not usable; set these environment variables:\n  CLAIM_SALT: is required with CLAIM_PEERS, the same at all of them',
    )
  return {
    ...rest,
    production,
    DATA_DIR: isAbsolute(rest.DATA_DIR)
      ? rest.DATA_DIR
      : resolve(import.meta.dirname, '../..', rest.DATA_DIR),
    SECOND_FACTOR_POLICY: SECOND_FACTOR_POLICY ?? (production && !rest.DEMO ? 'roles' : 'off'),
  }
}

import { randomBytes } from 'node:crypto'
import type { LightMyRequestResponse } from 'fastify'
import pg from 'pg'
import { pino } from 'pino'
import { inject } from 'vitest'
import type { Role } from '@youyu/shared/permissions'
import { roles } from '@youyu/shared/permissions'
import { prefixOf, type DivisionCode } from '@youyu/shared/values'
import { buildApp } from '../src/app.ts'
import { readConfig, type Config } from '../src/config.ts'
import { readKeys } from '../src/crypto/keys.ts'
import { connect, type Database } from '../src/database/connect.ts'
import { logOptions } from '../src/logging.ts'
import { ensureAccount } from '../src/modules/accounts/index.ts'
import type { App, Office } from '../src/office.ts'

type Options = { headers?: Record<string, string>; key?: string; ifMatch?: string | number }
export type Answer = { status: number; body: never; headers: LightMyRequestResponse['headers']; text: string }

/** Somebody at the counter: sends requests with her token and hides it from the test. */
export type Officer = {
  username: string
  token: string
  get(url: string, options?: Options): Promise<Answer>
  post(url: string, body?: unknown, options?: Options): Promise<Answer>
  put(url: string, body: unknown, options?: Options): Promise<Answer>
  patch(url: string, body: unknown, options?: Options): Promise<Answer>
  delete(url: string, options?: Options): Promise<Answer>
  upload(
    url: string,
    fields: Record<string, string>,
    file: { name: string; content: string | Buffer },
    options?: Options,
  ): Promise<Answer>
}

export type TestOffice = {
  app: App
  office: Office
  db: Database
  config: Config
  url: string
  /** Signs in as a role in a division; `null` is the whole country. */
  officer(role: Role, division: DivisionCode | null, place?: { organisation: string }): Promise<Officer>
  stranger: Officer
  /** SQL as the owner, to look behind the counter. */
  sql<Row extends pg.QueryResultRow>(text: string, values?: unknown[]): Promise<Row[]>
  setNow(now: Date | null): void
  close(): Promise<void>
}

type Furnishing = {
  /** Adds routes of the test before the office opens. */
  furnish?: (app: App, office: Office) => void
  /** Where log lines go. */
  log?: { write(line: string): void }
  isClosing?: () => boolean
  /** What the database calls its own time. */
  timezone?: string
}

/** A whole office on its own copy of the migrated template. */
export async function openOffice(
  environment: Record<string, string> = {},
  { furnish, log, isClosing, timezone }: Furnishing = {},
): Promise<TestOffice> {
  const template = inject('postgresUrl')
  const name = `office_${randomBytes(6).toString('hex')}`
  const maintenance = new pg.Client(template.replace('youyu_template', 'postgres'))
  await maintenance.connect()
  await maintenance.query(`create database ${name} template youyu_template`)
  if (timezone) await maintenance.query(`alter database ${name} set timezone to '${timezone}'`)
  const url = template.replace('youyu_template', name)
  const config = readConfig({
    SECRET: 'a secret of the test office, long enough',
    DEMO: 'off',
    COOKIE_SECURE: 'on',
    SECOND_FACTOR_POLICY: 'off',
    REQUESTS_PER_MINUTE: '100000',
    SIGN_INS_PER_MINUTE: '100000',
    // A machine with other work to do is no reason to shed a test's requests.
    MAX_EVENT_LOOP_DELAY: '600000',
    LOG_LEVEL: 'silent',
    WORKERS: 'off',
    DATA_DIR: `/tmp/youyu-test-office-${name}`,
    ...environment,
  })
  const db = connect(url, { poolSize: 4, onError: () => undefined })
  const owner = new pg.Pool({ connectionString: url, max: 2 })
  owner.on('error', () => undefined)
  let fixed: Date | null = null
  const { app, office } = await buildApp({
    config,
    db,
    keys: readKeys(config),
    log: pino(logOptions(config.LOG_LEVEL), log),
    now: () => fixed ?? new Date(),
    ...(isClosing && { isClosing }),
  })
  furnish?.(app, office)
  await app.ready()
  let count = 0

  return {
    app,
    office,
    db,
    config,
    url,
    stranger: officerAt(app, 'stranger', ''),
    async officer(role, division, place) {
      const username = `${role.replaceAll('_', '-')}-${(count += 1)}`
      const password = `correct horse ${username}`
      const prefix = division === null ? '' : prefixOf(division)
      await ensureAccount(db, {
        username,
        password,
        displayName: roles[role].zh,
        grants: [{ role, divisionPrefix: prefix }],
        ...place,
        now: fixed ?? new Date(),
      })
      const { status, body, text } = await officerAt(app, username, '').post('/api/v1/sessions', {
        username,
        password,
      })
      if (status !== 201) throw new Error(`${username} could not sign in: ${text}`)
      return officerAt(app, username, (body as { accessToken: string }).accessToken)
    },
    async sql(text, values) {
      return (await owner.query(text, values)).rows as never
    },
    setNow(now) {
      fixed = now
    },
    async close() {
      await app.close()
      await db.close()
      await owner.end()
      await maintenance.query(`drop database ${name} with (force)`)
      await maintenance.end()
    },
  }
}

export function officerAt(app: App, username: string, token: string): Officer {
  async function ask(
    method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE',
    url: string,
    payload: string | Buffer | undefined,
    type: string,
    options: Options = {},
  ): Promise<Answer> {
    const response = await app.inject({
      method,
      url,
      headers: {
        ...(token && { authorization: `Bearer ${token}` }),
        ...(payload !== undefined && { 'content-type': type }),
        ...(options.key && { 'idempotency-key': options.key }),
        ...(options.ifMatch !== undefined && {
          'if-match': typeof options.ifMatch === 'number' ? `"${options.ifMatch}"` : options.ifMatch,
        }),
        ...options.headers,
      },
      ...(payload !== undefined && { payload }),
    })
    const isJson = /json/.test(String(response.headers['content-type'] ?? ''))
    return {
      status: response.statusCode,
      body: (isJson && response.body ? response.json() : null) as never,
      headers: response.headers,
      text: response.body,
    }
  }
  const json = (body: unknown) => (body === undefined ? undefined : JSON.stringify(body))
  return {
    username,
    token,
    get: (url, options) => ask('GET', url, undefined, '', options),
    post: (url, body, options) => ask('POST', url, json(body), 'application/json', options),
    put: (url, body, options) => ask('PUT', url, json(body), 'application/json', options),
    patch: (url, body, options) => ask('PATCH', url, json(body), 'application/json', options),
    delete: (url, options) => ask('DELETE', url, undefined, '', options),
    upload(url, fields, file, options) {
      const boundary = 'youyu-test-boundary'
      const parts = Object.entries(fields).map(([key, value]) =>
        Buffer.from(`--${boundary}\r\ncontent-disposition: form-data; name="${key}"\r\n\r\n${value}\r\n`),
      )
      parts.push(
        Buffer.from(
          `--${boundary}\r\ncontent-disposition: form-data; name="file"; filename="${file.name}"\r\ncontent-type: text/csv\r\n\r\n`,
        ),
      )
      parts.push(Buffer.from(file.content), Buffer.from(`\r\n--${boundary}--\r\n`))
      return ask('POST', url, Buffer.concat(parts), `multipart/form-data; boundary=${boundary}`, options)
    },
  }
}

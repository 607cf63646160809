import { setTimeout as sleep } from 'node:timers/promises'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { contracts } from '@youyu/shared/contracts'
import type { Endpoint } from '@youyu/shared/endpoint'
import { Problem } from '@youyu/shared/errors'
import { moduleOf, roles, type Role } from '@youyu/shared/permissions'
import { foundCounty, idNumber, registerHousehold, registerPerson, type Place } from './county.ts'
import { openFacility } from './facility.ts'
import { valuesOf, written, type Known } from './hostile.ts'
import { naughtyTexts } from './naughty-texts.ts'
import { openOffice, type Officer, type TestOffice } from './office.ts'

/** 40 in `npm test`; FUZZ_CASES=250 for the long run. */
const CASES = Number(process.env['FUZZ_CASES'] ?? 40)
const SEED = process.env['FUZZ_SEED'] ? Number(process.env['FUZZ_SEED']) : 20260724

let office: TestOffice
let officers: Officer[]
/** Who works in care, each with what her role carries. */
let carers: [Role, Officer][]
let known: Known & { subjects: Record<string, string[]> }

beforeAll(async () => {
  office = await openOffice({ REVEALS_PER_DAY: '100000' })
  const place = await foundCounty(office, '371121')
  const officer = await office.officer('county_population', place.county)
  const persons = [await registerPerson(officer, place.village), await registerPerson(officer, place.village)]
  const household = await registerHousehold(officer, place.village)
  officers = [
    officer,
    await office.officer('sys_admin', null),
    await office.officer('county_manager', place.county),
    await office.officer('security_auditor', place.county),
  ]
  const { code: organisation } = await openFacility(office, place.township)
  carers = await Promise.all(
    (['chief_clinician', 'county_mch', 'lab_user', 'pharmacist', 'township_worker'] as const).map(
      async (role): Promise<[Role, Officer]> => [
        role,
        await office.officer(role, role === 'township_worker' ? place.township : place.county, {
          organisation,
        }),
      ],
    ),
  )
  const victims = await Promise.all(
    (['village_worker', 'township_worker'] as const).map((role) =>
      office.officer(role, role === 'village_worker' ? place.village : place.township),
    ),
  )
  const users = await office.sql<{ id: string }>('select id from users where username = any($1)', [
    victims.map(({ username }) => username),
  ])
  known = {
    ids: [...persons.map(({ id }) => id), household.id, ...users.map(({ id }) => id)],
    codes: Object.values(place),
    texts: plausible(
      place,
      persons.map(({ id }) => id),
      household.id,
    ),
    subjects: {
      persons: persons.map(({ id }) => id),
      households: [household.id],
      users: users.map(({ id }) => id),
    },
  }
})
afterAll(() => office.close())

/** What an honest officer would type, so that what is wrong stands alone. */
function plausible(
  { village, otherVillage, county }: Place,
  persons: string[],
  household: string,
): Record<string, string[]> {
  const places = [village, otherVillage]
  return {
    cursor: ['WyJhIl0', 'WzFd'],
    idType: ['01'],
    idNumber: Array.from({ length: 50 }, () => idNumber('2020-05-05', '1')),
    ethnicity: ['01', '56'],
    dryRun: ['true', 'false'],
    total: ['true'],
    username: ['zhang.san', 'li-si', 'wang_wu', 'x1'],
    phone: ['13800138000'],
    q: ['张三', 'zhangsan', 'zs', '张', "'", '%', '\\\\'],
    birthDate: ['2020-05-05'],
    residenceSince: ['2020-05-05', '2021-02-28'],
    hukouDivision: places,
    residenceDivision: places,
    divisionCode: places,
    divisionPrefix: [village, county.slice(0, 6)],
    motherId: persons,
    fatherId: persons,
    personId: persons,
    clientId: persons,
    finding: ['STROKE', 'OBESITY', 'HYPERTENSION_160'],
    edition: ['WHO-MEC-5-2015'],
    basedOn: ['WHO-MEC-5-2015'],
    occurredOn: ['2026-08-01'],
    decision: ['ACCEPT', 'DECLINE'],
    keepId: persons,
    mergeId: persons,
    householdId: [household],
  }
}

type Hostile = {
  params: Record<string, unknown>
  query: Record<string, unknown>
  body: unknown
  headers: Record<string, string>
}

function inputsOf({ schema, url }: Endpoint): fc.Arbitrary<Hostile> {
  const subject = known.subjects[/\/api\/v1\/([a-z-]+)\/:id/.exec(url)?.[1] ?? '']
  const here = subject ? { ...known, texts: { ...known.texts, id: subject } } : known
  const headers = fc.oneof(
    {
      weight: 4,
      arbitrary: fc.record({
        'if-match': fc.constantFrom('"1"', '"2"', '"3"'),
        'idempotency-key': fc.uuid(),
      }),
    },
    {
      weight: 1,
      arbitrary: fc.record(
        {
          'if-match': headerText,
          'idempotency-key': headerText,
          'if-none-match': headerText,
          accept: headerText,
        },
        { requiredKeys: [] },
      ),
    },
  )
  return fc.record({
    params: schema.params ? (valuesOf(schema.params, here) as fc.Arbitrary<never>) : fc.constant({}),
    query: schema.querystring ? (valuesOf(schema.querystring, here) as fc.Arbitrary<never>) : fc.constant({}),
    body: schema.body ? valuesOf(schema.body, here) : fc.constant(undefined),
    headers,
  })
}
const headerText = fc.constantFrom(
  ...naughtyTexts.map((text) => text.replace(/[^\x20-\x7e]/g, '').slice(0, 500)),
)

function addressOf({ url }: Endpoint, { params, query }: Hostile): string {
  const path = url.replace(
    /:(\w+)/g,
    (_whole, name: string) => written((params as Record<string, unknown> | null)?.[name] ?? 'x') || 'x',
  )
  const pairs = Object.entries((query as object | null) ?? {}).map(
    ([name, value]) => `${encodeURIComponent(name.toWellFormed())}=${written(value)}`,
  )
  return pairs.length > 0 ? `${path}?${pairs.join('&')}` : path
}

function multipartOf(body: unknown): { payload: Buffer; type: string } {
  const fields = Object.entries({ kind: 'persons', mapping: body, dryRun: 'x' })
  const parts = fields.map(
    ([name, value]) =>
      `--b\r\ncontent-disposition: form-data; name="${name}"\r\n\r\n${String(JSON.stringify(value))}\r\n`,
  )
  const file = `--b\r\ncontent-disposition: form-data; name="file"; filename="${naughtyTexts[40]}"\r\ncontent-type: text/csv\r\n\r\n${naughtyTexts.join(',')}\r\n--b--\r\n`
  return { payload: Buffer.from(parts.join('') + file), type: 'multipart/form-data; boundary=b' }
}

async function send(contract: Endpoint, officer: Officer, hostile: Hostile) {
  const isMultipart = contract.config.multipart === true
  const isForm = contract.schema.consumes?.includes('application/x-www-form-urlencoded') ?? false
  const form = () => {
    const pairs = Object.entries(Object(hostile.body ?? {}) as Record<string, unknown>)
    return new URLSearchParams(
      pairs.map(([key, value]): [string, string] => [key, written(value)]),
    ).toString()
  }
  const { payload, type } = isMultipart
    ? multipartOf(hostile.query)
    : isForm
      ? { payload: form(), type: 'application/x-www-form-urlencoded' }
      : {
          payload: hostile.body === undefined ? undefined : JSON.stringify(hostile.body),
          type: 'application/json',
        }
  return await office.app.inject({
    method: contract.method,
    url: addressOf(contract, hostile),
    headers: {
      ...hostile.headers,
      ...(payload !== undefined && { 'content-type': type }),
      ...(officer.token && { authorization: `Bearer ${officer.token}` }),
    },
    ...(payload !== undefined && { payload }),
  })
}

/** The one who may use an operation; signing in and out is tried as a stranger only. */
function rightful({ config, url }: Endpoint): Officer | undefined {
  if (config.permission === 'public' || /\/sessions|\/me\/password|second-factor/.test(url))
    return office.stranger
  if (config.permission === 'signed-in') return officers[0]
  if (/^(account|grant|client)\./.test(config.permission)) return officers[1]
  if (config.permission === 'audit.read') return officers[3]
  if (config.permission === 'export.approve') return officers[2]
  if (moduleOf(config.permission) !== 'contraception') return officers[0]
  const { permission } = config
  return carers.find(([role]) => roles[role].permissions.includes(permission))?.[1]
}

const operations = Object.entries(contracts).filter(([name]) => name !== 'watchJob')

describe('hostile input', () => {
  test.each(operations)(
    `to %s is answered and never breaks it`,
    { timeout: 600_000 },
    async (_name, contract) => {
      const officer = rightful(contract)!
      const askers = officer === office.stranger ? [officer] : [officer, officer, officer, office.stranger]
      let sent = 0

      await fc.assert(
        fc.asyncProperty(inputsOf(contract), async (hostile) => {
          const asker = askers[sent++ % askers.length]!
          let response = await send(contract, asker, hostile)
          // A machine that stood still for seconds sheds load: that is no answer to the input.
          if (/"code":"overloaded"/.test(response.body)) {
            await sleep(2000)
            response = await send(contract, asker, hostile)
          }

          expect(response.statusCode, response.body).toBeLessThan(500)
          if (response.statusCode >= 400 && contract.url !== '/oauth/token') {
            expect(response.headers['content-type']).toBe('application/problem+json; charset=utf-8')
            expect(Problem.safeParse(response.json()).success).toBe(true)
          }
          if (asker !== office.stranger) expect(response.statusCode).not.toBe(401)
          if (asker === office.stranger && contract.config.permission !== 'public')
            expect([400, 401, 404, 405, 415]).toContain(response.statusCode)
        }),
        { numRuns: CASES, seed: SEED, endOnFailure: true },
      )
      const alive = await office.stranger.get('/health/ready')

      expect(alive.status).toBe(200)
    },
  )
})

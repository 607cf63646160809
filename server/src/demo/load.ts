import type { FastifyBaseLogger } from 'fastify'
import {
  divisionsOfCounty,
  generateCounty,
  householdColumns,
  personColumns,
  type DivisionRow,
} from '../generator/index.ts'
import { demoAccounts, ensureAccount, type DemoPlaces } from '../modules/accounts/index.ts'
import type { App, Office } from '../office.ts'

const COUNTY = '371121'
const PERSONS = 5000
const AS_OF = '2026-10-31'

type Generated = ReturnType<typeof peopleOf>

function peopleOf(divisions: readonly DivisionRow[]) {
  return [...generateCounty({ county: COUNTY, persons: PERSONS, seed: 1, asOf: AS_OF, divisions })]
}

/** Where the demo's officers work: the county, its village with the most people, and the township around it. */
function placesIn(divisions: readonly DivisionRow[], generated: Generated): DemoPlaces {
  const county = COUNTY.padEnd(12, '0')
  const people = new Map<string, number>()
  for (const { persons } of generated)
    for (const { residenceDivision: code } of persons) people.set(code, (people.get(code) ?? 0) + 1)
  const [village] = divisions
    .filter(({ code, level }) => level === 5 && code.startsWith(COUNTY))
    .toSorted((one, other) => (people.get(other.code) ?? 0) - (people.get(one.code) ?? 0))
  return {
    province: COUNTY.slice(0, 2).padEnd(12, '0'),
    city: COUNTY.slice(0, 4).padEnd(12, '0'),
    county,
    township: village?.parentCode ?? county,
    village: village?.code ?? county,
  }
}

type Signed = (
  method: 'GET' | 'POST',
  url: string,
  payload?: unknown,
) => Promise<{ status: number; body: unknown }>

/** Fills an empty installation with one account per role and a synthetic county, through the front door. */
export async function loadDemo(app: App, office: Office, log: FastifyBaseLogger): Promise<void> {
  const divisions = await divisionsOfCounty(COUNTY)
  const generated = peopleOf(divisions)
  const accounts = demoAccounts(placesIn(divisions, generated))
  for (const account of accounts) await ensureAccount(office.db, { ...account, now: office.now() })
  const officer = accounts.find(({ grants }) => grants.some(({ role }) => role === 'county_population'))
  if (!officer) throw new Error('The demo has no population officer')
  const as = await signIn(app, officer.username, officer.password)
  for (const file of files(divisions, generated)) await importFile(as, file)
  for (const organisation of organisations()) await as('POST', '/api/v1/organisations', organisation)
  log.info({ county: COUNTY, persons: PERSONS }, 'the demo county is loaded')
}

async function signIn(app: App, username: string, password: string): Promise<Signed> {
  let token = ''
  const ask: Signed = async (method, url, payload) => {
    const isFile = payload instanceof Upload
    const response = await app.inject({
      method,
      url,
      headers: {
        ...(token && { authorization: `Bearer ${token}` }),
        ...(isFile && { 'content-type': `multipart/form-data; boundary=${BOUNDARY}` }),
      },
      ...(payload !== undefined && { payload: isFile ? payload.body : (payload as object) }),
    })
    return { status: response.statusCode, body: response.body ? response.json() : null }
  }
  const { status, body } = await ask('POST', '/api/v1/sessions', { username, password })
  if (status !== 201) throw new Error(`The demo officer could not sign in (${status})`)
  token = (body as { accessToken: string }).accessToken
  return ask
}

const BOUNDARY = 'youyu-demo'

class Upload {
  readonly body: string
  constructor(kind: string, name: string, content: string) {
    const field = (key: string, value: string) =>
      `--${BOUNDARY}\r\ncontent-disposition: form-data; name="${key}"\r\n\r\n${value}\r\n`
    this.body = `${field('kind', kind)}--${BOUNDARY}\r\ncontent-disposition: form-data; name="file"; filename="${name}"\r\ncontent-type: text/csv\r\n\r\n${content}\r\n--${BOUNDARY}--\r\n`
  }
}

async function importFile(as: Signed, file: Upload): Promise<void> {
  const created = await as('POST', '/api/v1/imports', file)
  if (created.status !== 202) throw new Error(`The demo could not be loaded: ${JSON.stringify(created.body)}`)
  const { job } = created.body as { job: { id: string } }
  for (let waited = 0; waited < 600; waited += 1) {
    const { body } = await as('GET', `/api/v1/jobs/${job.id}`)
    const { state } = body as { state: string }
    if (state === 'succeeded') return
    if (state === 'failed' || state === 'cancelled') throw new Error(`The demo import ended as ${state}`)
    await new Promise((resolve) => setTimeout(resolve, 200))
  }
  throw new Error('The demo import did not end')
}

function files(divisions: readonly DivisionRow[], generated: Generated): Upload[] {
  const cell = (value: string) => (/[",\r\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value)
  const csv = (header: readonly string[], rows: readonly (readonly string[])[]) =>
    [header, ...rows].map((row) => row.map(cell).join(',')).join('\r\n')
  const personKeys = Object.keys(personColumns) as (keyof typeof personColumns)[]
  const householdKeys = Object.keys(householdColumns) as (keyof typeof householdColumns)[]
  return [
    new Upload(
      'divisions',
      'divisions.csv',
      csv(
        ['code', 'name', 'level', 'parent_code', 'urban_rural_code'],
        divisions.map((row) => [row.code, row.name, String(row.level), row.parentCode, row.urbanRuralCode]),
      ),
    ),
    new Upload(
      'persons',
      'persons.csv',
      csv(
        personKeys,
        generated.flatMap(({ persons }) => persons.map((person) => personKeys.map((key) => person[key]))),
      ),
    ),
    new Upload(
      'households',
      'households.csv',
      csv(
        householdKeys,
        generated.map(({ household }) => householdKeys.map((key) => household[key])),
      ),
    ),
  ]
}

function organisations(): object[] {
  const at = (suffix: string) => `${COUNTY}${suffix}`
  return [
    { code: 'DEMO-B', type: 'ORG-B', name: '五莲县卫生健康局（演示）', divisionCode: at('000000') },
    {
      code: 'DEMO-S',
      type: 'ORG-S',
      name: '五莲县妇幼保健计划生育服务中心（演示）',
      divisionCode: at('000000'),
      familyPlanningLicence: true,
      midwiferyLicence: true,
    },
    {
      code: 'DEMO-H',
      type: 'ORG-H',
      name: '五莲县人民医院（演示）',
      divisionCode: at('000000'),
      midwiferyLicence: true,
    },
  ]
}

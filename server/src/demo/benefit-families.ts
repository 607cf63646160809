import type { App } from '../office.ts'
import { day, enter, look, type Signed } from './front-door.ts'

type Known = {
  at: (counter: App) => (role: string) => Promise<Signed>
  app: App
  places: { county: string; township: string; village: string }
  today: string
}
type People = { items: { id: string; hukou: { code: string } }[] }

/** 特殊家庭: one that was only just found, others in care; what is settled with institutions, and what is history. */
export async function careForFamilies({ at, app, places, today }: Known): Promise<void> {
  const as = at(app)
  const [village, township, county] = [
    await as('village_worker'),
    await as('township_worker'),
    await as('county_subsidy'),
  ]
  const query = `sex=2&ageFrom=50&ageTo=76&division=${places.village}&status=ACTIVE&limit=40`
  const { items } = await look<People>(village, `/api/v1/persons?${query}`)
  const people = items.filter(({ hukou }) => hukou.code === places.village).slice(-4)
  for (const [index, { id }] of people.entries())
    await openFamily({ village, township, today }, id, index < people.length - 1)
  const clerk = await as('county_population')
  await settle({ county, clerk, township, finance: await as('county_finance') }, places, today)
}

async function openFamily(
  { village, township, today }: { village: Signed; township: Signed; today: string },
  personId: string,
  isVisited: boolean,
): Promise<void> {
  const { id } = await enter<{ id: string }>(village, '/api/v1/special-families', {
    ...{ kind: isVisited ? 'DEATH' : 'DISABILITY', source: 'VILLAGE', people: [personId] },
    ...{ eventOn: day(today, 120), identifiedOn: day(today, isVisited ? 100 : 5) },
  })
  const url = `/api/v1/special-families/${id}`
  for (const [tier, officer] of [
    ['VILLAGE', village],
    ['TOWNSHIP', township],
  ] as const) {
    const me = await look<{ id: string }>(officer, '/api/v1/me')
    const fromOn = day(today, isVisited ? 99 : 4)
    await enter(township, `${url}/contacts`, { tier, userId: me.id, fromOn })
  }
  if (!isVisited) return
  const visits = `/api/v1/my-special-families/${id}/visits`
  const visit = { manner: 'IN_PERSON', outcome: 'MET' }
  await enter(village, visits, { ...visit, occasion: 'FIRST', visitedOn: day(today, 97) })
  await enter(township, `${url}/consents`, { consentOn: day(today, 90), evidence: 'SIGNED' })
  await enter(township, `${url}/openings`, { openedOn: day(today, 88) })
  const service = { personId, isDeclined: false, fromOn: day(today, 80) }
  await enter(township, `${url}/services`, { ...service, kind: 'FAMILY_DOCTOR', provider: '街道卫生院' })
  await enter(township, `${url}/services`, { ...service, kind: 'GREEN_CHANNEL', provider: '县人民医院' })
  await enter(village, visits, {
    ...{ ...visit, occasion: 'MONTHLY', visitedOn: day(today, 50), needs: ['COMPANY'] },
    note: '身体尚好，希望常有人来坐坐',
  })
}

type Officers = { county: Signed; finance: Signed; township: Signed; clerk: Signed }

/** A premium to be approved, projects, and old ledgers that came out even. */
async function settle(
  { county, finance, township, clerk }: Officers,
  places: Known['places'],
  today: string,
): Promise<void> {
  const year = today.slice(0, 4)
  const insurer = await enter<{ id: string }>(clerk, '/api/v1/organisations', {
    ...{
      code: 'INSURER-1',
      type: 'ORG-X',
      name: '某财产保险五莲支公司（演示）',
      divisionCode: places.county,
    },
  })
  const policy = await enter<{ id: string }>(county, '/api/v1/insurance-policies', {
    ...{ number: `TS-${year}`, insurerId: insurer.id, fromOn: `${year}-01-01`, toOn: `${year}-12-31` },
    ...{ covers: ['ACCIDENT', 'NURSING'], premiumFen: 88_377, document: `特殊家庭保险协议（${year}）` },
  })
  await enter(county, '/api/v1/benefit-settlements', { kind: 'PREMIUM', policyId: policy.id })
  const project = {
    partner: '县农业农村局',
    division: places.village,
    families: 1,
    startedOn: `${year}-03-01`,
  }
  await enter(township, '/api/v1/family-projects', {
    projects: [
      {
        ...project,
        number: 'SJH-1',
        kind: 'TECHNOLOGY',
        title: '蓝莓大棚',
        fundFen: 943_400,
        fundSource: 'MIXED',
      },
      {
        ...project,
        number: 'SJH-2',
        kind: 'FUND',
        title: '家庭手工业',
        fundFen: 500_000,
        fundSource: 'LOAN',
      },
    ],
  })
  const row = { division: places.township, outcome: 'PAID', payer: 'COUNTY', people: 19_333 }
  await history(
    { county, finance },
    {
      head: {
        programme: 'P03',
        title: '五年奖励费兑现',
        statedFen: 1_160_000_000,
        fromOn: '2002-01-01',
        toOn: '2006-12-31',
      },
      rows: [2002, 2003, 2004, 2005, 2006].map((past) => ({
        ...{
          ...row,
          reference: `${past}`,
          period: `${past}-12-01`,
          settledOn: `${past}-12-20`,
          amountFen: 232_000_000,
        },
      })),
    },
  )
  await history(
    { county, finance },
    {
      head: {
        programme: 'P15',
        title: '计划生育保证金清退',
        statedFen: 122_690_000,
        fromOn: '2006-01-01',
        toOn: '2006-12-31',
      },
      rows: [
        {
          ...row,
          people: 1200,
          outcome: 'REFUNDED',
          reference: '1',
          period: '2006-10-01',
          settledOn: '2006-10-30',
          amountFen: 122_690_000,
        },
      ],
    },
  )
}

async function history(
  { county, finance }: Pick<Officers, 'county' | 'finance'>,
  { head, rows }: { head: object; rows: object[] },
): Promise<void> {
  const body = { ...head, document: '县志资料' }
  const { id } = await enter<{ id: string }>(county, '/api/v1/closed-ledgers', body)
  await enter(county, `/api/v1/closed-ledgers/${id}/rows`, { rows })
  await enter(finance, `/api/v1/closed-ledgers/${id}/closings`)
}

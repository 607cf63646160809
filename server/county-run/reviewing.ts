import { COUNTY, type Staff } from './loading.ts'
import { all, each, enter, look, rowsOf, type Desk } from './desk.ts'
import { addProgramme } from './own-programme.ts'
import { FILED, YEAR, type County, type Programme } from './people.ts'

/** Who asks by an application; days in hospital are claimed with their receipt. */
const applied = ['P01', 'P02', 'P03', 'P04', 'P07', 'P08', 'L01'] as const
const opined = ['P01', 'P02', 'P03'] as const
const noticed = ['P01', 'P02'] as const
const papers: Partial<Record<Programme, readonly string[]>> = {
  P02: ['HUKOU_BOOK'],
  P08: ['DEATH_CERTIFICATE', 'SETTLEMENT_LIST'],
}
const clerk = 'county_subsidy'

export type Run = {
  desk: Desk
  county: County
  staff: Staff
  /** One thing is done: named, counted, timed. */
  step: (name: string, work: () => Promise<number | string>) => Promise<void>
  finding: (text: string) => void
}

type Together = { passed: number; left: { number: string; reason: string }[]; leftCount: number }

async function together(
  { desk, finding }: Run,
  who: string,
  deed: string,
  programme: string,
): Promise<number> {
  const path = `/application-batches/${deed}`
  const key = `${deed} ${who} ${programme}`
  const { passed, left, leftCount } = await enter<Together>(desk, who, path, { body: { programme }, key })
  if (leftCount > 0) finding(`${deed} ${programme}: ${leftCount} left (${left[0]?.reason})`)
  return passed
}

async function ofTownships(
  run: Run,
  deed: string,
  hand: 'worker' | 'reviewer',
  some: readonly string[],
): Promise<number> {
  const asked = run.staff.townships.flatMap((township) =>
    some.map((programme) => ({ who: township[hand], programme })),
  )
  return await each(asked, async ({ who, programme }) => await together(run, who, deed, programme))
}

type Ran = { run: { finishedAt: string | null } }

/** 规则运行: everybody whom the county was made for is found, and nobody else. */
async function propose({ desk, county, finding }: Run): Promise<number> {
  const { run } = await enter<{ run: { id: string } }>(desk, clerk, '/eligibility-runs', {
    body: {},
    key: 'eligibility',
  })
  for (let isOver = false; !isOver;) {
    await desk.work()
    isOver = (await look<Ran>(desk, clerk, `/eligibility-runs/${run.id}`)).run.finishedAt !== null
  }
  const rows = await rowsOf<{ programme: string; subject_id: string; level: string }>(
    desk,
    `select programme, subject_id, level from benefit_proposals where county_code = $1 and basis = 'MET' and state = 'PROPOSED'`,
    [COUNTY],
  )
  const bereaved = county.families.filter(({ kind }) => kind === 'DEATH')
  const expected = new Set([
    ...county.recipients
      .filter(({ programme }) => programme !== 'P06' && programme !== 'P08')
      .map(({ programme, subject, level }) => `${programme} ${subject} ${level}`),
    ...bereaved.map(({ member }) => `P08 ${member} `),
  ])
  for (const { programme, subject_id, level } of rows)
    if (!expected.delete(`${programme} ${subject_id} ${level}`))
      finding(`proposed without ground: ${programme} ${subject_id}`)
  for (const missing of expected) finding(`not proposed: ${missing}`)
  return rows.length
}

/** Families who were proposed and agreed. */
async function file({ desk, county }: Run): Promise<number> {
  let filed = 0
  const path = '/benefit-proposals/filings'
  for (const programme of applied.filter((each) => each !== 'P08'))
    for (let part = 0, done = 1; done > 0; part += 1) {
      const body = { programme, basis: 'MET' }
      done = (await enter<{ filed: number }>(desk, clerk, path, { body, key: `file ${programme} ${part}` }))
        .filed
      filed += done
    }
  type Proposal = { id: string; subject: { id: string } }
  const agreed = new Set(
    county.recipients.filter(({ programme }) => programme === 'P08').map(({ subject }) => subject),
  )
  const proposed = await all<Proposal>(desk, clerk, '/benefit-proposals?programme=P08&basis=MET')
  const ids = proposed.filter(({ subject }) => agreed.has(subject.id)).map(({ id }) => id)
  for (let start = 0; start < ids.length; start += 500) {
    const asked = { body: { ids: ids.slice(start, start + 500) }, key: `file P08 ${start}` }
    filed += (await enter<{ filed: number }>(desk, clerk, path, asked)).filed
  }
  return filed
}

/** Papers that no register holds are seen at the counter of the township. */
async function seePapers({ desk, staff }: Run): Promise<number> {
  return await each(staff.townships, async ({ worker }) => {
    let seen = 0
    for (const [programme, types] of Object.entries(papers)) {
      const path = `/applications?programme=${programme}&state=SUBMITTED`
      for (const { id, version } of await all<{ id: string; version: number }>(desk, worker, path)) {
        const body = { seen: types.map((type) => ({ type, document: '原件已核' })), submit: true }
        await enter(desk, worker, `/applications/${id}/completions`, { body, version, key: `papers ${id}` })
        seen += 1
      }
    }
    return seen
  })
}

async function post({ desk, staff }: Run, notice: 'VILLAGE_NOTICE' | 'TOWN_NOTICE'): Promise<string> {
  let notices = 0
  const entries = await each(
    staff.townships.flatMap(({ worker }) => noticed.map((programme) => ({ worker, programme }))),
    async ({ worker, programme }) => {
      const asked = {
        body: { programme, step: notice, isPosted: true },
        key: `post ${notice} ${worker} ${programme}`,
      }
      const { status, body, text } = await desk.ask(worker, 'POST', '/public-notices', asked)
      // A township without a case of the programme has nothing to put up.
      if (text.includes('nothing-to-notice')) return 0
      if (status !== 201) throw new Error(`${worker} posts: ${status} ${text.slice(0, 200)}`)
      const run = body as { notices: number; entries: number }
      notices += run.notices
      return run.entries
    },
  )
  return `${entries} on ${notices} lists`
}

async function takeDown({ desk, staff }: Run, day: string): Promise<number> {
  return await each(staff.townships, async ({ worker }) => {
    const asked = { body: {}, key: `close ${day} ${worker}` }
    return (await enter<{ entries: number }>(desk, worker, '/public-notice-closings', asked)).entries
  })
}

/** 住院护理补贴: each stay with its receipt, entered by the township and checked by the county. */
async function stays({ desk, county, staff }: Run): Promise<number> {
  const hospital = await enter<{ id: string }>(desk, 'county_population', '/organisations', {
    body: { code: 'RUN-H', type: 'ORG-H', name: '县人民医院', divisionCode: `${COUNTY}000000` },
    key: 'hospital',
  })
  const recipients = county.recipients.filter(({ stay }) => stay !== null)
  return await each(recipients, async ({ subject, village, stay }) => {
    const { worker } = staff.townships.find(({ code }) => code.slice(0, 9) === village.slice(0, 9))!
    const body = {
      personId: subject,
      hospitalId: hospital.id,
      ...stay,
      receipt: subject.slice(-8),
      payer: 'FISCAL',
    }
    const { id } = await enter<{ id: string }>(desk, worker, '/hospital-stays', {
      body,
      key: `stay ${subject}`,
    })
    const check = { body: { decision: 'PASS' }, key: `check ${subject}` }
    await enter(desk, 'county_manager', `/hospital-stays/${id}/checks`, check)
    return 1
  })
}

/** Whoever filed an application lets none of them through. */
async function tryOwn({ desk, finding }: Run): Promise<string> {
  const path = '/application-batches/county-confirmations'
  const { passed, left } = await enter<Together>(desk, clerk, path, {
    body: { programme: 'L01' },
    key: 'own hand',
  })
  if (passed > 0 || left.some(({ reason }) => reason !== 'OWN_HAND'))
    finding('a clerk confirmed what she filed herself')
  return `${left.length} shown, all refused`
}

/** From the run over the register to the confirmation by the county: thirteen days of work in three weeks of notice. */
export async function review(run: Run): Promise<void> {
  const { desk, step, staff } = run
  await desk.moveTo(`${YEAR}-01-20`)
  await step('a programme of the county', () => addProgramme(run))
  await desk.moveTo(FILED)
  await step('rules run over the register', () => propose(run))
  await step('proposals filed', () => file(run))
  await step('papers seen', () => seePapers(run))
  await step('accepted together', () => ofTownships(run, 'acceptances', 'worker', applied))
  await step('opinions of the villages', async () => {
    const asked = staff.villageWorkers.flatMap((who) => opined.map((programme) => ({ who, programme })))
    return await each(asked, ({ who, programme }) => together(run, who, 'village-opinions', programme))
  })
  await step('lists of the villages posted', () =>
    desk.struck('posting', 'public_notices', () => post(run, 'VILLAGE_NOTICE')),
  )
  await desk.moveTo(`${YEAR}-03-13`)
  await step('their time is over', () => takeDown(run, 'village'))
  await step('reviewed by the townships', () => ofTownships(run, 'town-reviews', 'reviewer', applied))
  await step('lists of the townships posted', () => post(run, 'TOWN_NOTICE'))
  await desk.moveTo(`${YEAR}-03-24`)
  await step('their time is over', () => takeDown(run, 'township'))
  await step('a clerk confirms her own', () => tryOwn(run))
  for (const programme of applied)
    await step(`confirmed by the county: ${programme}`, async () => {
      const confirm = () => together(run, 'county_manager', 'county-confirmations', programme)
      return await (programme === 'P01'
        ? desk.struck('bulk review', 'activate_beneficiaries', confirm)
        : confirm())
    })
  await step('days in hospital checked', () => stays(run))
}

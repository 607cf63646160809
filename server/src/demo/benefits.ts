import { ensureAccount } from '../modules/accounts/index.ts'
import type { App, Office } from '../office.ts'
import { nameGrownChildren, proposals, prove, runRules, type Proposal } from './benefit-people.ts'
import { payBenefits } from './benefit-payments.ts'
import { openEarlier } from './earlier.ts'
import { day as daysBefore, enter, look, signIn, type Signed } from './front-door.ts'

export type Benefits = {
  /** Signs an officer of a role in at a counter. */
  at: (counter: App) => (role: string) => Promise<Signed>
  app: App
  places: { county: string; township: string; village: string }
  password: string
  today: string
}

/** Whoever reviews has not accepted: a township needs two people. */
const REVIEWER = 'demo-township-reviewer'

type Counter = {
  office: Office
  village: Signed
  township: Signed
  reviewer: Signed
  county: Signed
  manager: Signed
}

async function counterOn(
  office: Office,
  { at, password }: Benefits,
  on: string,
): Promise<Counter & { close: () => Promise<void> }> {
  const earlier = await openEarlier(office, on)
  const as = at(earlier.app)
  return {
    office: earlier.office,
    ...{ village: await as('village_worker'), township: await as('township_worker') },
    reviewer: await signIn(earlier.app, REVIEWER, password),
    ...{ county: await as('county_subsidy'), manager: await as('county_manager') },
    close: async () => await earlier.app.close(),
  }
}

/** Of each list so many apply only when the season is over. */
const LATER = 2
const papers = ['ID_CARD', 'HUKOU_BOOK', 'ACCOUNT_PROOF'].map((type) => ({ type, document: '原件已核' }))

async function apply(as: Signed, programme: string, { subject, payee }: Proposal): Promise<void> {
  const applicant = payee && payee.id !== subject.id ? { applicantId: payee.id } : {}
  await enter(as, '/api/v1/applications', {
    ...{ programme, subjectId: subject.id, ...applicant, channel: 'WINDOW', seen: papers },
  })
}

async function together(as: Signed, step: string, programme: string): Promise<void> {
  await enter(as, `/api/v1/application-batches/${step}`, { programme })
}

type Case = { id: string; version: number; state: string }

/** The village said nothing in its days: the cases go on without an opinion. */
async function lapse({ township }: Counter, programme: string): Promise<void> {
  const { items } = await look<{ items: Case[] }>(
    township,
    `/api/v1/applications?programme=${programme}&state=VILLAGE_OPINION&limit=100`,
  )
  for (const { id, version } of items)
    await enter(township, `/api/v1/applications/${id}/opinion-lapses`, undefined, version)
}

const postNotices = (as: Signed, programme: string, step: string) =>
  enter(as, '/api/v1/public-notices', { programme, step, isPosted: true })
const closeNotices = (as: Signed) => enter(as, '/api/v1/public-notice-closings', {})

/** 奖励扶助 and 育儿补贴 of a year, from the rule run to the money on the account, and what is still under way today. */
export async function giveBenefits(office: Office, benefits: Benefits, clerk: Signed): Promise<void> {
  const { places, password, today } = benefits
  const year = today.slice(0, 4)
  const day = (monthDay: string) => `${year}-${monthDay}`
  const township = places.township.slice(0, 9)
  await ensureAccount(office.db, {
    ...{ username: REVIEWER, password, displayName: '演示 乡镇复核人员', now: office.now() },
    grants: [{ role: 'township_worker', divisionPrefix: township }],
  })
  const { onlyChildren } = await nameGrownChildren(clerk, places.township, 40)
  for (const personId of onlyChildren.slice(0, 3))
    await enter(clerk, '/api/v1/deaths', {
      ...{ personId, occurredOn: `${Number(year) - 1}-11-18`, place: 'HOME', reporter: 'VILLAGE' },
    })

  const step = async (on: string, work: (counter: Counter) => Promise<void>) => {
    const counter = await counterOn(office, benefits, on)
    await work(counter).finally(counter.close)
  }

  /** 奖励扶助 and 特别扶助 go the same way. */
  const both = async (work: (programme: string) => Promise<unknown>) => {
    for (const programme of ['P01', 'P02']) await work(programme)
  }

  await step(day('03-03'), async ({ office: then, county, township: worker }) => {
    await runRules(then, county)
    for (const personId of onlyChildren.slice(3, 6)) await prove(worker, personId, disabled, day('01-05'))
    for (const { subject } of await proposals(worker, 'programme=P01&basis=UNPROVEN'))
      await prove(worker, subject.id, historic, day('03-02'))
    await runRules(then, county)
    await both(async (programme) => {
      for (const proposal of (await proposals(worker, `programme=${programme}&basis=MET`)).slice(0, -LATER))
        await apply(county, programme, proposal)
      await together(worker, 'acceptances', programme)
    })
    const children = await proposals(worker, 'programme=P04')
    for (const proposal of children.slice(0, -4)) await apply(county, 'P04', proposal)
    await together(worker, 'acceptances', 'P04')
  })
  await step(day('03-13'), async (counter) => {
    await both(async (programme) => {
      await together(counter.village, 'village-opinions', programme)
      await lapse(counter, programme)
      await postNotices(counter.township, programme, 'VILLAGE_NOTICE')
    })
    await together(counter.reviewer, 'town-reviews', 'P04')
    await together(counter.manager, 'county-confirmations', 'P04')
  })
  await step(day('03-27'), async ({ township: worker, reviewer }) => {
    await closeNotices(worker)
    await both(async (programme) => {
      await together(reviewer, 'town-reviews', programme)
      await postNotices(worker, programme, 'TOWN_NOTICE')
    })
  })
  await step(day('04-13'), async ({ township: worker, manager }) => {
    await closeNotices(worker)
    await both((programme) => together(manager, 'county-confirmations', programme))
  })
  await payBenefits(office, benefits, day)
  // Who came later in the year: their lists are on the wall today.
  await step(daysBefore(today, 28), async ({ office: then, county, township: worker }) => {
    await runRules(then, county)
    await both(async (programme) => {
      for (const proposal of await proposals(worker, `programme=${programme}&basis=MET`))
        await apply(county, programme, proposal)
      await together(worker, 'acceptances', programme)
    })
  })
  await step(daysBefore(today, 3), async (counter) => {
    await both(async (programme) => {
      await together(counter.village, 'village-opinions', programme)
      await lapse(counter, programme)
      await postNotices(counter.township, programme, 'VILLAGE_NOTICE')
    })
  })
  await step(today, async ({ office: now, county, township: worker }) => {
    await runRules(now, county)
    const open = await proposals(worker, 'programme=P04&basis=MET')
    for (const proposal of open.slice(0, 3)) await apply(county, 'P04', proposal)
  })
}

const historic = { kind: 'HISTORIC_QUALIFICATION', documentType: 'HISTORIC_RECORD' }
const disabled = { kind: 'DISABILITY', documentType: 'DISABILITY_CARD', grade: 2 }

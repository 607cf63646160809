import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { CountyTransfer } from '@youyu/shared/population/moves'
import type { Person, PersonMerge } from '@youyu/shared/population/persons'
import type { Page } from '@youyu/shared/values'
import { load, peopleFile } from './imports.ts'
import { openOffice, type Officer, type TestOffice } from './office.ts'
import {
  bodyOf,
  furnishPlaces,
  idNumberFor,
  keptCounts,
  places,
  recounted,
  register,
  somebody,
} from './register.ts'

let office: TestOffice
let county: Officer
let otherCounty: Officer
let admin: Officer
beforeAll(async () => {
  office = await openOffice()
  county = await office.officer('county_population', places.county)
  otherCounty = await office.officer('county_population', places.otherCounty)
  admin = await office.officer('sys_admin', null)
})
afterAll(() => office.close())

const newCode = '371121102299'
const villages = [places.village, places.nextVillage, places.farVillage]

const day = fc
  .tuple(
    fc.integer({ min: 2014, max: 2026 }),
    fc.integer({ min: 1, max: 9 }),
    fc.integer({ min: 1, max: 28 }),
  )
  .map(([year, month, date]) => `${year}-0${month}-${String(date).padStart(2, '0')}`)
const place = fc.constantFrom(...villages, ...villages, newCode)
const anywhere = fc.constantFrom(...villages, newCode, places.capital, places.otherCountyVillage)
const who = fc.nat({ max: 12 })
const status = fc.constantFrom('1', '2', '3', '4', '5', '9')

/** What an office may do to its register, in any order; what it refuses changes nothing. */
const action = fc.oneof(
  fc.record({
    do: fc.constant('register' as const),
    birthDate: day,
    hukou: place,
    residence: place,
    status,
    since: fc.option(day),
  }),
  fc.record({
    do: fc.constant('correct' as const),
    who,
    birthDate: fc.option(day),
    hukou: fc.option(place),
    sex: fc.constantFrom('1', '2'),
  }),
  fc.record({
    do: fc.constant('stay' as const),
    who,
    division: anywhere,
    from: day,
    to: fc.option(day),
    status,
  }),
  fc.record({ do: fc.constant('unstay' as const), who, which: fc.nat({ max: 3 }) }),
  fc.record({
    do: fc.constant('birth' as const),
    mother: fc.option(who),
    occurredOn: day,
    sex: fc.constantFrom('1', '2'),
    division: place,
  }),
  fc.record({ do: fc.constant('death' as const), who, occurredOn: day }),
  fc.record({
    do: fc.constant('move' as const),
    who,
    kind: fc.constantFrom('HUKOU_IN', 'HUKOU_OUT', 'FLOW_IN', 'FLOW_OUT', 'RETURN'),
    occurredOn: day,
    to: anywhere,
  }),
  fc.record({
    do: fc.constant('void' as const),
    noun: fc.constantFrom('births', 'deaths', 'migration-events'),
    which: fc.nat({ max: 5 }),
  }),
  fc.record({
    do: fc.constant('redate' as const),
    noun: fc.constantFrom('births', 'deaths', 'migration-events'),
    which: fc.nat({ max: 5 }),
    occurredOn: day,
  }),
  fc.record({ do: fc.constant('merge' as const), who, other: who }),
  fc.record({ do: fc.constant('unmerge' as const) }),
  fc.record({
    do: fc.constant('import' as const),
    birthDate: day,
    hukou: place,
    residence: place,
    /** Somebody who is registered already, so that the file overwrites. */
    known: fc.option(who),
  }),
  fc.record({
    do: fc.constant('send' as const),
    who,
    occurredOn: day,
    withResidence: fc.boolean(),
    answer: fc.option(fc.boolean()),
  }),
  fc.record({ do: fc.constant('recode' as const), effectiveOn: day }),
)
type Action = typeof action extends fc.Arbitrary<infer Each> ? Each : never

type Town = { people: { id: string; idNumber?: string | undefined }[]; merges: string[]; isRecoded: boolean }

/** How often each kind of action was done, and not refused. */
const done: Record<string, number> = {}
const count = (kind: string) => (done[kind] = (done[kind] ?? 0) + 1)

const kept = `select string_agg(quote_ident(c.relname), ', ') as tables from pg_class c join pg_namespace n on n.oid = c.relnamespace
  where n.nspname = 'public' and c.relkind in ('r', 'p') and not c.relispartition
    and c.relname ~ '^(persons|person_|residence_|households|household_|births|deaths|marriage_|migration_|county_transfers|parentage_|population_|village_|township_|structure|book_|divisions|division_|imports|import_|merges|duplicate)'`

/** A town without people, so that a history depends on nothing before it. */
async function emptyTown(): Promise<Town> {
  const [row] = await office.sql<{ tables: string }>(kept)
  await office.sql(`truncate ${row!.tables} cascade`)
  await furnishPlaces(office)
  await register(otherCounty, {
    hukouDivision: places.otherCountyVillage,
    residenceDivision: places.otherCountyVillage,
  })
  return { people: [], merges: [], isRecoded: false }
}

const standing = (given: Action) =>
  JSON.parse(JSON.stringify(given).replaceAll(newCode, places.farVillage)) as Action

async function act(town: Town, given: Action): Promise<boolean> {
  const before = done[given.do]
  // A code that does not stand yet is the old one.
  const meant = town.isRecoded ? given : standing(given)
  await attempt(town, meant)
  return done[given.do] !== before
}

async function attempt(town: Town, given: Action): Promise<void> {
  const personOf = async (index: number): Promise<Person | null> => {
    const known = town.people[index % Math.max(1, town.people.length)]
    const answer = known ? await county.get(`/api/v1/persons/${known.id}`) : null
    return answer?.status === 200 ? answer.body : null
  }
  const send = async (url: string, body: unknown, ifMatch?: number) => {
    const answer = await county.post(url, body, ifMatch === undefined ? {} : { ifMatch })
    if (answer.status >= 500) throw new Error(`${given.do} ${answer.status} ${answer.text}`)
    if (answer.status === 201) count(given.do)
    return answer.status === 201 ? (answer.body as Record<string, never>) : null
  }
  const factOf = async (noun: string, which: number): Promise<string | null> => {
    const { items } = bodyOf<Page<{ id: string }>>(
      await county.get(`/api/v1/${noun}?division=${places.county}&limit=6`),
      200,
    )
    return items[which % Math.max(1, items.length)]?.id ?? null
  }
  if (given.do === 'register') {
    const body = somebody({
      birthDate: given.birthDate,
      hukouDivision: given.hukou,
      residenceDivision: given.residence,
      residenceStatus: given.status as '1',
      residenceSince: given.since,
    })
    const person = (await send('/api/v1/persons', body)) as Person | null
    if (person) town.people.push({ id: person.id, idNumber: body.idNumber ?? undefined })
    return
  }
  if (given.do === 'birth') {
    const mother = given.mother === null ? null : await personOf(given.mother)
    const birth = await send('/api/v1/births', {
      ...(mother && { motherId: mother.id }),
      occurredOn: given.occurredOn,
      sex: given.sex,
      place: 'HOSPITAL',
      divisionCode: given.division,
      hukouDivision: given.division,
      child: {},
    })
    const child = birth?.['child'] as { id: string } | null | undefined
    if (child) town.people.push({ id: child.id })
    return
  }
  if (given.do === 'void' || given.do === 'redate') {
    const id = await factOf(given.noun, given.which)
    if (!id) return
    const url = `/api/v1/${given.noun}/${id}`
    await (given.do === 'void'
      ? send(`${url}/void`, { reason: '录入错误' })
      : send(`${url}/corrections`, { set: { occurredOn: given.occurredOn }, reason: '日期更正' }))
    return
  }
  if (given.do === 'unmerge') {
    const id = town.merges.pop()
    if (id) await send(`/api/v1/person-merges/${id}/undo`, { reason: '并非同一人' })
    return
  }
  if (given.do === 'import') {
    await importPerson(town, given)
    return
  }
  if (given.do === 'recode') {
    const change = await admin.post('/api/v1/division-changes', {
      kind: 'RECODE',
      from: [places.farVillage],
      to: [{ code: newCode, name: '街头新村' }],
      effectiveOn: given.effectiveOn,
      sourceDocument: '区划调整文件',
    })
    if (change.status >= 500) throw new Error(`recode ${change.status} ${change.text}`)
    if (change.status >= 300) return
    count('recode')
    town.isRecoded = true
    return
  }
  const person = await personOf(given.who)
  if (!person) return
  const url = `/api/v1/persons/${person.id}`
  switch (given.do) {
    case 'correct': {
      const set = {
        sex: given.sex,
        ...(given.birthDate && { birthDate: given.birthDate }),
        ...(given.hukou && { hukouDivision: given.hukou }),
      }
      await send(`${url}/corrections`, { set, reason: '核对更正' }, person.version)
      return
    }
    case 'stay':
      await send(
        `${url}/residence-episodes`,
        { divisionCode: given.division, from: given.from, to: given.to, status: given.status },
        person.version,
      )
      return
    case 'unstay': {
      const { residence } = bodyOf<{ residence: { id: string }[] }>(await county.get(`${url}/history`), 200)
      const episode = residence[given.which % residence.length]
      if (episode)
        await send(`${url}/residence-episodes/${episode.id}/void`, { reason: '误录' }, person.version)
      return
    }
    case 'death':
      await send('/api/v1/deaths', {
        personId: person.id,
        occurredOn: given.occurredOn,
        place: 'HOME',
        reporter: 'VILLAGE',
      })
      return
    case 'move':
      await send('/api/v1/migration-events', {
        personId: person.id,
        kind: given.kind,
        occurredOn: given.occurredOn,
        toDivision: given.to,
        reason: 'WORK',
      })
      return
    case 'send': {
      const transfer = (await send('/api/v1/county-transfers', {
        personId: person.id,
        toDivision: places.otherCountyVillage,
        occurredOn: given.occurredOn,
        reason: 'WORK',
        withResidence: given.withResidence,
      })) as CountyTransfer | null
      if (!transfer || given.answer === null) return
      const answer = await otherCounty.post(`/api/v1/county-transfers/${transfer.id}/acknowledgement`, {
        accept: given.answer,
        reason: '核对',
      })
      if (answer.status >= 500) throw new Error(`answer ${answer.status} ${answer.text}`)
      return
    }
    case 'merge': {
      const other = await personOf(given.other)
      if (!other) return
      const merge = (await send('/api/v1/person-merges', {
        keepId: person.id,
        mergeId: other.id,
        reason: '重复',
      })) as PersonMerge | null
      if (merge) town.merges.push(merge.id)
    }
  }
}

async function importPerson(
  town: Town,
  given: { birthDate: string; hukou: string; residence: string; known: number | null },
): Promise<void> {
  const known = given.known === null ? undefined : town.people[given.known % Math.max(1, town.people.length)]
  const idNumber = known?.idNumber ?? idNumberFor(given.birthDate, '2')
  const birthDate = `${idNumber.slice(6, 10)}-${idNumber.slice(10, 12)}-${idNumber.slice(12, 14)}`
  const { job } = await load(
    office,
    county,
    { kind: 'persons', again: 'true', onMatch: 'overwrite' },
    peopleFile({
      name: '张三',
      sex: '2',
      birthDate,
      idNumber,
      hukou: given.hukou,
      residence: given.residence,
    }),
  )
  if (!['succeeded', 'partly'].includes(job.state)) throw new Error(`import ${JSON.stringify(job)}`)
  if (job.rowsRejected > 0) return
  count('import')
  const [imported] = await office.sql<{ id: string }>(
    'select id from persons where county_code = 371121 order by recorded_at desc, id desc limit 1',
  )
  if (imported && !town.people.some(({ id }) => id === imported.id))
    town.people.push({ id: imported.id, idNumber })
}

/** Every way in which the book could fail to close, each as a count of rows that should be none. */
async function openEnds(county = 371121): Promise<Record<string, unknown>[]> {
  return await office.sql(
    `with postings as materialized (
       select * from population_postings where county_code = $1::int
     ), counted as (
       select m.day, r.* from (
         select distinct (date_trunc('month', day) + interval '1 month - 1 day')::date as day from (
           select unnest(array[from_on, to_on]) as day from residence_episodes union all
           select occurred_on from migration_events union all
           select occurred_on from person_facts union all
           select occurred_on from deaths union all
           select birth_date from persons union all
           select occurred_on from postings union all
           select current_date
         ) facts where day >= date '2016-01-01' union select date '2015-12-31') m,
         app.recount_people($1::int, $1::int::text, $1::int || ':', m.day) r
     ), booked as (
       select m.day, q.division_code as code, sum(q.residence)::int as residence, sum(q.registered)::int as registered
       from (select distinct day from counted) m join postings q on q.occurred_on <= m.day group by 1, 2
     )
     select 'closing' as book, c.day::text, coalesce(c.code, b.code) as code, c.residence, b.residence as booked, c.registered, b.registered as booked_hukou
     from counted c full join booked b on b.day = c.day and b.code = c.code
     where coalesce(c.residence, 0) <> coalesce(b.residence, 0) or coalesce(c.registered, 0) <> coalesce(b.registered, 0)
     union all
     select 'village months', coalesce(q.month, k.month)::text, coalesce(q.division_code, k.division_code), k.residence, q.residence, k.registered, q.registered
     from (select division_code, date_trunc('month', occurred_on)::date as month, kind, sum(residence)::int as residence, sum(registered)::int as registered
       from postings group by 1, 2, 3) q
     full join (select * from village_months where county_code = $1::int) k on k.division_code = q.division_code and k.month = q.month and k.kind = q.kind
     where (q.residence, q.registered) is distinct from (k.residence, k.registered)
     union all
     select 'structure', s.year::text, s.division_code, s.residence, q.residence, s.registered, q.registered
     from structures s left join lateral (
       select sum(residence)::int as residence, sum(registered)::int as registered from postings p
       where rpad(left(p.division_code, 9), 12, '0') = s.division_code and p.sex = s.sex and p.birth_month = s.birth_month
         and p.occurred_on < make_date(s.year, 1, 1)) q on true
     where s.county_code = $1::int and (coalesce(q.residence, 0), coalesce(q.registered, 0)) is distinct from (s.residence, s.registered)
     union all
     select 'present', null, coalesce(v.division_code, q.division_code), v.residents, q.residence, v.registered, q.registered
     from (select * from village_counts where county_code = $1::int) v full join (
       select division_code, sum(residence)::int as residence, sum(registered)::int as registered from postings group by 1) q using (division_code)
     where coalesce(v.residents, 0) <> coalesce(q.residence, 0) or coalesce(v.registered, 0) <> coalesce(q.registered, 0)
     limit 5`,
    [county],
  )
}

const histories = Number(process.env['BOOK_HISTORIES'] ?? 8)

/** Somebody to begin with: a town nobody lives in is refused nearly everything. */
const settled = (residence: (typeof villages)[number]): Action => ({
  do: 'register',
  birthDate: '1990-02-03',
  hukou: places.village,
  residence,
  status: '1',
  since: null,
})

test('no sequence of facts, corrections, merges, imports, transfers and new codes leaves the book open', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(action, { minLength: 6, maxLength: 16 }), async (actions) => {
      const town = await emptyTown()
      for (const given of [settled(places.village), settled(places.farVillage), ...actions]) {
        if (!(await act(town, given))) continue
        expect(await openEnds(), JSON.stringify(given)).toEqual([])
        if (given.do === 'send') expect(await openEnds(370321), JSON.stringify(given)).toEqual([])
      }
      expect([await openEnds(), await openEnds(370321)]).toEqual([[], []])
      expect(await keptCounts(office)).toEqual(await recounted(office))
    }),
    { numRuns: histories, endOnFailure: true },
  )
  const kinds = [
    'birth',
    'correct',
    'death',
    'import',
    'merge',
    'move',
    'recode',
    'register',
    'send',
    'stay',
    'void',
  ]
  if (histories >= 100) expect(Object.keys(done)).toEqual(expect.arrayContaining(kinds))
}, 300_000)

test('a change of divisions carries the people of the book along', async () => {
  const town = await emptyTown()
  await act(town, settled(places.farVillage))
  await act(town, { do: 'recode', effectiveOn: '2025-07-01' })

  expect(await openEnds()).toEqual([])
  const sums = await office.sql(
    `select division_code as code, sum(residence)::int as residence from population_postings where county_code = 371121
     group by 1 having sum(residence) <> 0`,
  )
  expect(sums).toEqual([{ code: newCode, residence: 1 }])
})

import type { CountyTransfer } from '@youyu/shared/population/moves'
import type { Person, PersonMerge } from '@youyu/shared/population/persons'
import type { Page } from '@youyu/shared/values'
import { newCode, type Action } from './book-actions.ts'
import { load, peopleFile } from './imports.ts'
import { openOffice, type Officer, type TestOffice } from './office.ts'
import { bodyOf, furnishPlaces, idNumberFor, places, register, somebody } from './register.ts'

export type Desk = { office: TestOffice; county: Officer; otherCounty: Officer; admin: Officer }
export type Town = {
  people: { id: string; idNumber?: string | undefined }[]
  merges: string[]
  isRecoded: boolean
}

export async function openDesk(): Promise<Desk> {
  const office = await openOffice()
  return {
    office,
    county: await office.officer('county_population', places.county),
    otherCounty: await office.officer('county_population', places.otherCounty),
    admin: await office.officer('sys_admin', null),
  }
}

const kept = `select string_agg(quote_ident(c.relname), ', ') as tables from pg_class c join pg_namespace n on n.oid = c.relnamespace
  where n.nspname = 'public' and c.relkind in ('r', 'p') and not c.relispartition
    and c.relname ~ '^(persons|person_|residence_|households|household_|births|deaths|marriage_|migration_|county_transfers|parentage_|population_|village_|township_|structure|book_|divisions|division_|imports|import_|merges|duplicate)'`

/** A town without people, so that a history depends on nothing before it. */
export async function emptyTown({ office, otherCounty }: Desk): Promise<Town> {
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

/** Answers whether it was done, and not refused. */
export async function act(desk: Desk, town: Town, given: Action): Promise<boolean> {
  // A code that does not stand yet is the old one.
  const meant = town.isRecoded ? given : standing(given)
  const deed = deeds[meant.do] as (desk: Desk, town: Town, given: Action) => Promise<boolean>
  return await deed(desk, town, meant)
}

type Of<Kind extends Action['do']> = Extract<Action, { do: Kind }>

const deeds: { [Kind in Action['do']]: (desk: Desk, town: Town, given: Of<Kind>) => Promise<boolean> } = {
  async register(desk, town, { birthDate, hukou, residence, status, since }) {
    const body = somebody({
      birthDate,
      hukouDivision: hukou,
      residenceDivision: residence,
      residenceStatus: status as '1',
      residenceSince: since,
    })
    const person = await sent<Person>(desk, '/api/v1/persons', body)
    if (person) town.people.push({ id: person.id, idNumber: body.idNumber ?? undefined })
    return person !== null
  },
  async birth(desk, town, { mother: who, occurredOn, sex, division }) {
    const mother = who === null ? null : await personOf(desk, town, who)
    const birth = await sent<{ child: { id: string } | null }>(desk, '/api/v1/births', {
      ...(mother && { motherId: mother.id }),
      ...{ occurredOn, sex, place: 'HOSPITAL', divisionCode: division, hukouDivision: division, child: {} },
    })
    if (birth?.child) town.people.push({ id: birth.child.id })
    return birth !== null
  },
  async void(desk, _, { noun, which }) {
    const url = await factOf(desk, noun, which)
    return url !== null && (await isSent(desk, `${url}/void`, { reason: '录入错误' }))
  },
  async redate(desk, _, { noun, which, occurredOn }) {
    const url = await factOf(desk, noun, which)
    const body = { set: { occurredOn }, reason: '日期更正' }
    return url !== null && (await isSent(desk, `${url}/corrections`, body))
  },
  async correct(desk, town, { who, sex, birthDate, hukou }) {
    const person = await personOf(desk, town, who)
    if (!person) return false
    const set = { sex, ...(birthDate && { birthDate }), ...(hukou && { hukouDivision: hukou }) }
    const body = { set, reason: '核对更正' }
    return await isSent(desk, `/api/v1/persons/${person.id}/corrections`, body, person.version)
  },
  async stay(desk, town, { who, division, from, to, status }) {
    const person = await personOf(desk, town, who)
    if (!person) return false
    const body = { divisionCode: division, from, to, status }
    return await isSent(desk, `/api/v1/persons/${person.id}/residence-episodes`, body, person.version)
  },
  async unstay(desk, town, { who, which }) {
    const person = await personOf(desk, town, who)
    if (!person) return false
    const url = `/api/v1/persons/${person.id}`
    const { residence } = bodyOf<{ residence: { id: string }[] }>(
      await desk.county.get(`${url}/history`),
      200,
    )
    const episode = residence[which % residence.length]
    if (!episode) return false
    const body = { reason: '误录' }
    return await isSent(desk, `${url}/residence-episodes/${episode.id}/void`, body, person.version)
  },
  async death(desk, town, { who, occurredOn }) {
    const person = await personOf(desk, town, who)
    const body = { personId: person?.id, occurredOn, place: 'HOME', reporter: 'VILLAGE' }
    return person !== null && (await isSent(desk, '/api/v1/deaths', body))
  },
  async move(desk, town, { who, kind, occurredOn, to }) {
    const person = await personOf(desk, town, who)
    const body = { personId: person?.id, kind, occurredOn, toDivision: to, reason: 'WORK' }
    return person !== null && (await isSent(desk, '/api/v1/migration-events', body))
  },
  async merge(desk, town, { who, other: whom }) {
    const person = await personOf(desk, town, who)
    const other = person && (await personOf(desk, town, whom))
    if (!other) return false
    const body = { keepId: person.id, mergeId: other.id, reason: '重复' }
    const merge = await sent<PersonMerge>(desk, '/api/v1/person-merges', body)
    if (merge) town.merges.push(merge.id)
    return merge !== null
  },
  async unmerge(desk, town) {
    const id = town.merges.pop()
    if (id === undefined) return false
    return await isSent(desk, `/api/v1/person-merges/${id}/undo`, { reason: '并非同一人' })
  },
  import: importPerson,
  async send(desk, town, { who, occurredOn, withResidence, answer: accept }) {
    const person = await personOf(desk, town, who)
    if (!person) return false
    const transfer = await sent<CountyTransfer>(desk, '/api/v1/county-transfers', {
      personId: person.id,
      toDivision: places.otherCountyVillage,
      ...{ occurredOn, reason: 'WORK', withResidence },
    })
    if (transfer && accept !== null) {
      const url = `/api/v1/county-transfers/${transfer.id}/acknowledgement`
      const answer = await desk.otherCounty.post(url, { accept, reason: '核对' })
      if (answer.status >= 500) throw new Error(`answer ${answer.status} ${answer.text}`)
    }
    return transfer !== null
  },
  async recode({ admin }, town, { effectiveOn }) {
    const change = await admin.post('/api/v1/division-changes', {
      kind: 'RECODE',
      from: [places.farVillage],
      to: [{ code: newCode, name: '街头新村' }],
      effectiveOn,
      sourceDocument: '区划调整文件',
    })
    if (change.status >= 500) throw new Error(`recode ${change.status} ${change.text}`)
    if (change.status < 300) town.isRecoded = true
    return change.status < 300
  },
}

async function personOf({ county }: Desk, town: Town, index: number): Promise<Person | null> {
  const known = town.people[index % Math.max(1, town.people.length)]
  const answer = known ? await county.get(`/api/v1/persons/${known.id}`) : null
  return answer?.status === 200 ? answer.body : null
}

async function factOf({ county }: Desk, noun: string, which: number): Promise<string | null> {
  const { items } = bodyOf<Page<{ id: string }>>(
    await county.get(`/api/v1/${noun}?division=${places.county}&limit=6`),
    200,
  )
  const fact = items[which % Math.max(1, items.length)]
  return fact ? `/api/v1/${noun}/${fact.id}` : null
}

/** What was made, or null where it was refused. */
async function sent<Made>(
  { county }: Desk,
  url: string,
  body: unknown,
  ifMatch?: number,
): Promise<Made | null> {
  const answer = await county.post(url, body, ifMatch === undefined ? {} : { ifMatch })
  if (answer.status >= 500) throw new Error(`${url} ${answer.status} ${answer.text}`)
  return answer.status === 201 ? answer.body : null
}

const isSent = async (...given: Parameters<typeof sent>) => (await sent(...given)) !== null

async function importPerson(
  { office, county }: Desk,
  town: Town,
  given: Omit<Of<'import'>, 'do'>,
): Promise<boolean> {
  const known = given.known === null ? undefined : town.people[given.known % Math.max(1, town.people.length)]
  const idNumber = known?.idNumber ?? idNumberFor(given.birthDate, '2')
  const birthDate = `${idNumber.slice(6, 10)}-${idNumber.slice(10, 12)}-${idNumber.slice(12, 14)}`
  const { hukou, residence } = given
  const { job } = await load(
    office,
    county,
    { kind: 'persons', again: 'true', onMatch: 'overwrite' },
    peopleFile({ name: '张三', sex: '2', birthDate, idNumber, hukou, residence }),
  )
  if (!['succeeded', 'partly'].includes(job.state)) throw new Error(`import ${JSON.stringify(job)}`)
  if (job.rowsRejected > 0) return false
  const [imported] = await office.sql<{ id: string }>(
    'select id from persons where county_code = 371121 order by recorded_at desc, id desc limit 1',
  )
  if (imported && !town.people.some(({ id }) => id === imported.id))
    town.people.push({ id: imported.id, idNumber })
  return true
}

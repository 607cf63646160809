import { createHmac } from 'node:crypto'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { afterAll, beforeAll, describe, expect, it, test } from 'vitest'
import type { ClaimMatch, ClaimList, ClaimRefusal } from '@youyu/shared/subsidies/claims'
import { officerAt, openOffice, type Officer, type TestOffice } from '../../../../test/office.ts'
import { bodyOf, codeOf, furnishPlaces, idNumberFor, places, register } from '../../../../test/register.ts'
import { standAtNotice } from '../../../../test/notices.ts'
import { countyAccess } from '../../../../test/beneficiaries.ts'
import { longTransaction } from '../../../database/transaction.ts'
import { askOtherCounties } from './asking.ts'
import { selectToAsk } from './queries-peers.ts'
import { keysOf, numberKeyOf } from './keys.ts'
import { listRow, columnsOf } from './rules.ts'

const salt = Buffer.from('a national salt of the tests, long enough')
let office: TestOffice
let clerk: Officer
let foreignClerk: Officer
let subsidy: Officer
let village: Officer
let otherSubsidy: Officer
let client: Officer
let secrets: { clientId: string; clientSecret: string }

beforeAll(async () => {
  office = await openOffice({ CLAIM_SALT: salt.toString() })
  office.setNow(new Date('2026-06-08T02:00:00Z'))
  await furnishPlaces(office)
  clerk = await office.officer('county_population', places.county)
  foreignClerk = await office.officer('county_population', places.otherCounty)
  subsidy = await office.officer('county_subsidy', places.county)
  otherSubsidy = await office.officer('county_subsidy', places.otherCounty)
  village = await office.officer('village_worker', places.nextVillage)
  ;[client, secrets] = await clientOf(office)
})
afterAll(() => office.close())

/** The machine of another county, let in to ask about the people of its neighbour. */
async function clientOf({ app, ...rest }: TestOffice): Promise<[Officer, typeof secrets]> {
  const admin = await rest.officer('sys_admin', null)
  const wanted = {
    name: '外县比对',
    scopes: ['claim.check'],
    purposes: ['BENEFIT'],
    divisionPrefix: '370321',
  }
  const { client: made, secret } = bodyOf<{ client: { id: string }; secret: string }>(
    await admin.post('/api/v1/api-clients', wanted),
    201,
  )
  const token = await app.inject({
    ...{ method: 'POST', url: '/oauth/token' },
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    payload: `grant_type=client_credentials&client_id=${made.id}&client_secret=${encodeURIComponent(secret)}`,
  })
  const { access_token } = token.json<{ access_token: string }>()
  return [officerAt(app, 'county', access_token), { clientId: made.id, clientSecret: secret }]
}
const check = (by: Officer, body: object) => by.post('/api/v1/exchange/claims/check', body)

const hash = (number: string) => createHmac('sha256', salt).update(number).digest('hex')

/** One person in both counties, who stands in P01 there and here. */
async function twice(name: string, given: { sameNumber?: boolean } = { sameNumber: true }) {
  const idNumber = idNumberFor('1960-02-01', '2')
  const other = places.otherCountyVillage
  const [here, there] = await Promise.all([
    register(clerk, { name, birthDate: '1960-02-01', idNumber }),
    register(foreignClerk, {
      ...{ name, birthDate: '1960-02-01', hukouDivision: other, residenceDivision: other },
      idNumber: given.sameNumber ? idNumber : idNumberFor('1960-02-01', '2'),
    }),
  ])
  const standing = { programme: 'P01', step: 'VILLAGE_NOTICE', level: '' }
  await standAtNotice(office, { ...standing, person: here.id, village: places.village })
  await standAtNotice(office, { ...standing, person: there.id, village: other })
  return { here: here.id, there: there.id, idNumber }
}
const search = (by = subsidy) => by.post('/api/v1/claim-searches', { programme: 'P01' })
const matchesOf = async (by: Officer, person: string) =>
  bodyOf<{ items: ClaimMatch[] }>(await by.get('/api/v1/claim-matches?limit=200'), 200).items.filter(
    ({ personId }) => personId === person,
  )

describe('a double claim', () => {
  it('is found in the other county by keyed hash alone, told to both, and settled for one', async () => {
    const { here, there } = await twice('吴双')
    bodyOf(await search(otherSubsidy), 201)
    bodyOf(await search(), 201)
    bodyOf(await search(), 201)

    const [match, ...more] = await matchesOf(subsidy, here)
    expect(more).toEqual([])
    expect(match).toMatchObject({
      state: 'SUSPECTED',
      keyKind: 'NUMBER',
      otherCounty: 370321,
      personName: '吴*',
    })
    expect(JSON.stringify(match)).not.toContain(there)
    expect(await matchesOf(village, here)).toEqual([])

    const at = `/api/v1/claim-matches/${match!.id}`
    const early = await subsidy.post(
      `${at}/resolutions`,
      { ownerCounty: 371121, reason: 'x' },
      { ifMatch: match!.version },
    )
    expect(codeOf(early)).toBe('claim-match-state')
    const told = bodyOf<ClaimMatch>(
      await subsidy.post(
        `${at}/notifications`,
        { letterNumber: '莲卫函〔2026〕8号' },
        { ifMatch: match!.version },
      ),
      201,
    )
    const stranger = await subsidy.post(
      `${at}/resolutions`,
      { ownerCounty: 110101, reason: 'x' },
      { ifMatch: told.version },
    )
    expect(stranger.status).toBe(400)
    const monthless = await subsidy.post(
      `${at}/resolutions`,
      { ownerCounty: 370321, reason: 'x' },
      { ifMatch: told.version },
    )
    expect(monthless.status).toBe(400)
    const settled = bodyOf<ClaimMatch>(
      await subsidy.post(
        `${at}/resolutions`,
        { ownerCounty: 370321, stopFrom: '2026-06-01', reason: '户籍已迁入对方县' },
        { ifMatch: told.version },
      ),
      201,
    )
    expect(settled).toMatchObject({ state: 'RESOLVED', ownerCounty: 370321 })
  })

  it('by name, birth date and sex is only possible, until a human says whether it is', async () => {
    const { here } = await twice('郑重', { sameNumber: false })
    bodyOf(await search(otherSubsidy), 201)
    bodyOf(await search(), 201)

    const [match] = await matchesOf(subsidy, here)
    expect(match).toMatchObject({ state: 'POSSIBLE', keyKind: 'NAME' })
    const done = bodyOf<ClaimMatch>(
      await subsidy.post(
        `/api/v1/claim-matches/${match!.id}/judgements`,
        { isSame: false, reason: '证件照片不是同一人' },
        { ifMatch: match!.version },
      ),
      201,
    )
    expect(done.state).toBe('DISMISSED')
    bodyOf(await search(), 201)
    expect(await matchesOf(subsidy, here)).toMatchObject([{ state: 'DISMISSED' }])
  })

  it('is found in a national list, whose numbers are kept as hashes alone', async () => {
    const idNumber = idNumberFor('1960-02-01', '2')
    const { id } = await register(clerk, { name: '钱多', birthDate: '1960-02-01', idNumber })
    await standAtNotice(office, {
      programme: 'P01',
      step: 'VILLAGE_NOTICE',
      level: '',
      person: id,
      village: places.village,
    })
    const content = `id_number,programme,county,from,to\n${idNumber},P01,130424,2025-01,\nnonsense,P01,130424,,\n`

    const list = bodyOf<ClaimList>(
      await subsidy.upload('/api/v1/claim-lists', { title: '2026年全国名单' }, { name: 'list.csv', content }),
      201,
    )
    const again = await subsidy.upload(
      '/api/v1/claim-lists',
      { title: '再次' },
      { name: 'list.csv', content },
    )

    expect(list).toMatchObject({ rows: 1, refused: 1, found: 1 })
    expect(again.status).toBe(409)
    expect(await matchesOf(subsidy, id)).toMatchObject([{ source: 'NATIONAL_LIST', otherCounty: 130424 }])
    const [kept] = await office.sql<{ key: string }>(
      `select encode(number_key, 'hex') as key from claim_list_entries`,
    )
    expect(kept!.key).toBe(hash(idNumber))
  })
})

describe('the exchange', () => {
  const question = (number: string | null) => ({ number, name: null, kin: null })

  it('answers match or no match to a client, of its own county, and nothing else', async () => {
    const { idNumber } = await twice('孙好')
    bodyOf(await search(otherSubsidy), 201)

    const { status, body } = await check(client, {
      programme: 'P01',
      claims: [question(hash(idNumber)), question(hash(idNumberFor('1961-02-01', '1'))), question(null)],
    })
    const other = await check(client, { programme: 'P02', claims: [question(hash(idNumber))] })

    expect(status).toBe(200)
    expect(body).toEqual({
      answers: [
        { answer: 'SAME_PROGRAM', ownerCounty: 370321 },
        { answer: 'NONE', ownerCounty: null },
        { answer: 'NONE', ownerCounty: null },
      ],
    })
    expect(other.body).toEqual({ answers: [{ answer: 'OTHER', ownerCounty: null }] })
    const asked = await office.sql(`select rows from access_log where entity = 'claim-exchange' order by at`)
    expect(asked).toEqual([{ rows: 3 }, { rows: 1 }])
  })

  it('is not for officers, nor for plain numbers', async () => {
    const plain = await check(client, { programme: 'P01', claims: [question('991121196002010021')] })
    const officer = await check(subsidy, {
      programme: 'P01',
      claims: [question(null)],
    })

    expect([plain.status, officer.status]).toEqual([400, 403])
  })
})

describe('asking the other counties', () => {
  it('asks about a claimant with all her programmes, however many are asked about at once', async () => {
    const asking = await openOffice()
    try {
      await furnishPlaces(asking)
      const here = await asking.officer('county_population', places.county)
      for (const programmes of [['P01'], ['P01', 'P02'], ['P02']]) {
        const birthDate = '1960-02-01'
        const { id } = await register(here, {
          name: '吴双',
          birthDate,
          idNumber: idNumberFor(birthDate, '2'),
        })
        for (const programme of programmes)
          await standAtNotice(asking, {
            ...{ programme, step: 'VILLAGE_NOTICE', level: '', person: id, village: places.village },
          })
      }
      const due = (limit: number) =>
        longTransaction(asking.office.db, countyAccess, (tx) =>
          selectToAsk(tx, countyAccess, { before: new Date(0), limit }),
        )

      const counts = []
      for (const limit of [1, 2, 3]) counts.push(new Set((await due(limit)).map((row) => row.personId)).size)

      expect(counts).toEqual([1, 2, 3])
      expect(await due(3)).toHaveLength(4)
    } finally {
      await asking.close()
    }
  })

  it('sends keyed hashes alone, keeps what they say for a human, and asks a silent one again after an hour', async () => {
    const [idNumber, other] = [idNumberFor('1960-02-01', '2'), idNumberFor('1960-02-01', '2')]
    const there = { hukouDivision: places.otherCountyVillage, residenceDivision: places.otherCountyVillage }
    const standing = { programme: 'P01', step: 'VILLAGE_NOTICE', level: '' }
    for (const [name, number] of [
      ['吴双', idNumber],
      ['郑单', other],
    ] as const) {
      const { id } = await register(foreignClerk, {
        ...there,
        name,
        birthDate: '1960-02-01',
        idNumber: number,
      })
      await standAtNotice(office, { ...standing, person: id, village: places.otherCountyVillage })
    }
    bodyOf(await search(otherSubsidy), 201)
    const sent: string[] = []
    let isDown = true
    let refused: string | null = null
    const peer = createServer((request, response) => {
      const answer = async () => {
        const payload = await text(request)
        sent.push(payload)
        if (isDown) return response.writeHead(503).end()
        if (refused !== null && payload.includes(`"${refused}"`))
          return response.writeHead(403).end(JSON.stringify({ code: 'out-of-area' }))
        const { headers, method = 'GET', url: path = '' } = request
        const told = await office.app.inject({ method: method as 'POST', url: path, headers, payload })
        response.writeHead(told.statusCode, { 'content-type': 'application/json' }).end(told.payload)
      }
      void answer()
    })
    await once(peer.listen(0, '127.0.0.1'), 'listening')
    const url = `http://127.0.0.1:${(peer.address() as AddressInfo).port}`
    const CLAIM_PEERS = JSON.stringify([{ county: 370321, url, ...secrets }])
    const asking = await openOffice({ CLAIM_SALT: salt.toString(), CLAIM_PEERS })
    try {
      await furnishPlaces(asking)
      const here = await asking.officer('county_population', places.county)
      const claimants = []
      for (const [name, number] of [
        ['吴双', idNumber],
        ['郑单', idNumberFor('1960-02-01', '2')],
        ['王无', idNumberFor('1960-02-01', '2')],
      ] as const) {
        const { id } = await register(here, { name, birthDate: '1960-02-01', idNumber: number })
        await standAtNotice(asking, { ...standing, person: id, village: places.village })
        claimants.push(id)
      }

      await asking.sql(`update applications set recorded_at = '2026-06-08T01:00:00Z'`)
      const round = async (at: string) => {
        asking.setNow(new Date(at))
        return await askOtherCounties(asking.office)
      }
      const silent = await round('2026-06-08T02:00:00Z')
      const soon = await round('2026-06-08T02:10:00Z')
      isDown = false
      const heard = await round('2026-06-08T03:00:00Z')
      const again = await round('2026-06-08T04:00:00Z')

      expect([silent, soon, heard, again]).toEqual([
        { asked: 3, found: 0, silent: [370321] },
        { asked: 0, found: 0, silent: [370321] },
        { asked: 3, found: 2, silent: [] },
        { asked: 0, found: 0, silent: [] },
      ])
      const by = await asking.officer('county_subsidy', places.county)
      const { items } = bodyOf<{ items: ClaimMatch[] }>(await by.get('/api/v1/claim-matches'), 200)
      const found = items.map((match) => [
        match.personId,
        match.source,
        match.keyKind,
        match.state,
        match.otherCounty,
      ])
      expect(found.sort()).toEqual(
        [
          [claimants[0], 'EXCHANGE', 'NUMBER', 'SUSPECTED', 370321],
          [claimants[1], 'EXCHANGE', 'NAME', 'POSSIBLE', 370321],
        ].sort(),
      )
      const questions = sent.filter((body) => body.startsWith('{')).map((body) => JSON.parse(body) as object)
      expect(questions).toHaveLength(1)
      expect(questions[0]).toEqual({
        programme: 'P01',
        claims: claimants.map(() => ({
          number: expect.stringMatching(/^[0-9a-f]{64}$/) as string,
          name: expect.stringMatching(/^[0-9a-f]{64}$/) as string,
          kin: null,
        })),
      })
      expect(sent.join()).not.toMatch(new RegExp(`${idNumber}|吴双|${claimants[0]}`))

      // It refuses one programme: that is its answer, shown to the county and asked again a month later only.
      const second = { ...standing, programme: 'P02', person: claimants[2]!, village: places.village }
      await standAtNotice(asking, second)
      await asking.sql(`update applications set recorded_at = '2026-06-09T01:00:00Z' where programme = 'P02'`)
      const refusals = async () => {
        const reader = await asking.officer('county_subsidy', places.county)
        const answer = await reader.get('/api/v1/claim-refusals')
        return bodyOf<{ items: ClaimRefusal[]; silent: object[] }>(answer, 200)
      }
      refused = 'P02'
      const [asked, later] = [await round('2026-06-09T02:00:00Z'), await round('2026-06-09T04:00:00Z')]
      const shown = await refusals()
      refused = null
      const month = await round('2026-07-20T02:00:00Z')

      expect([asked, later, month].map((each) => [each.asked, each.silent])).toEqual([
        [1, []],
        [0, []],
        [3, []],
      ])
      expect(shown).toMatchObject({
        items: [{ otherCounty: 370321, programme: 'P02', code: 'out-of-area' }],
        silent: [],
      })
      expect(await refusals()).toEqual({ items: [], silent: [] })
    } finally {
      peer.close()
      await asking.close()
    }
  })
})

describe('the keys of a claimant', () => {
  const one = {
    idNumber: '99100019600201002x',
    namePinyin: 'wu shuang',
    birthDate: '1960-02-01',
    sex: '2',
    kinNumber: null,
  }

  it('are the same for the same person however it is written, and others under another salt', () => {
    const keys = keysOf(one, salt)

    expect(keysOf({ ...one, idNumber: one.idNumber.toUpperCase(), namePinyin: 'WuShuang' }, salt)).toEqual(
      keys,
    )
    expect(keysOf(one, Buffer.from('another')).name.equals(keys.name)).toBe(false)
    expect(keysOf({ ...one, birthDate: '1960-02-02' }, salt).name.equals(keys.name)).toBe(false)
  })

  const columns = columnsOf(['key', '项目', '县代码', 'from'])!
  const key = 'ab'.repeat(32)
  test.each([
    ['a hash', [key, 'p01', '130424', '2025-01'], true],
    ['no hash', ['991121196002010021', 'P01', '130424', ''], false],
    ['no programme', [key, '奖扶', '130424', ''], false],
    ['no county', [key, 'P01', '', ''], false],
    ['no month', [key, 'P01', '130424', '2025-13'], false],
  ])('a row with %s: %o → %s', (_, cells, isUsable) => {
    expect(listRow(cells, columns, (number) => numberKeyOf(number, salt)) !== null).toBe(isUsable)
  })
})

import { createHmac } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ClaimMatch, ClaimList } from '@youyu/shared/subsidies/claims'
import { openOffice, type Officer, type TestOffice } from '../../../../test/office.ts'
import { bodyOf, codeOf, furnishPlaces, idNumberFor, places, register } from '../../../../test/register.ts'
import { claimSalt, peerClient } from '../../../../test/claims.ts'
import { standAtNotice } from '../../../../test/notices.ts'

let office: TestOffice
let clerk: Officer
let foreignClerk: Officer
let subsidy: Officer
let village: Officer
let otherSubsidy: Officer
let client: Officer

beforeAll(async () => {
  office = await openOffice({ CLAIM_SALT: claimSalt.toString() })
  office.setNow(new Date('2026-06-08T02:00:00Z'))
  await furnishPlaces(office)
  clerk = await office.officer('county_population', places.county)
  foreignClerk = await office.officer('county_population', places.otherCounty)
  subsidy = await office.officer('county_subsidy', places.county)
  otherSubsidy = await office.officer('county_subsidy', places.otherCounty)
  village = await office.officer('village_worker', places.nextVillage)
  client = (await peerClient(office))[0]
})
afterAll(() => office.close())

const check = (by: Officer, body: object) => by.post('/api/v1/exchange/claims/check', body)

const hash = (number: string) => createHmac('sha256', claimSalt).update(number).digest('hex')

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

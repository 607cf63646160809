import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ClaimMatch, ClaimRefusal } from '@youyu/shared/subsidies/claims'
import { countyAccess } from '../../../../test/beneficiaries.ts'
import { claimSalt, peerClient } from '../../../../test/claims.ts'
import { standAtNotice } from '../../../../test/notices.ts'
import { openOffice, type Officer, type TestOffice } from '../../../../test/office.ts'
import { bodyOf, furnishPlaces, idNumberFor, places, register } from '../../../../test/register.ts'
import { longTransaction } from '../../../database/transaction.ts'
import { askOtherCounties } from './asking.ts'
import { selectToAsk } from './queries-peers.ts'

/** The county that is asked. */
let office: TestOffice
let foreignClerk: Officer
let otherSubsidy: Officer
let secrets: { clientId: string; clientSecret: string }

beforeAll(async () => {
  office = await openOffice({ CLAIM_SALT: claimSalt.toString() })
  office.setNow(new Date('2026-06-08T02:00:00Z'))
  await furnishPlaces(office)
  foreignClerk = await office.officer('county_population', places.otherCounty)
  otherSubsidy = await office.officer('county_subsidy', places.otherCounty)
  ;[, secrets] = await peerClient(office)
})
afterAll(() => office.close())

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
    bodyOf(await otherSubsidy.post('/api/v1/claim-searches', { programme: 'P01' }), 201)
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
    const asking = await openOffice({ CLAIM_SALT: claimSalt.toString(), CLAIM_PEERS })
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

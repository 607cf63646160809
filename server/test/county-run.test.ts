import { createPublicKey } from 'node:crypto'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { describe, expect, it } from 'vitest'
import { runCounty } from '../county-run/county.ts'
import type { Desk } from '../county-run/desk.ts'
import { makeCounty } from '../county-run/families.ts'
import { findingsIn } from '../county-run/findings.ts'
import { hire, load, password, placesOf } from '../county-run/loading.ts'
import { keepingFiles } from '../county-run/recorded-bank.ts'
import { openBank } from '../src/bank-simulator/bank.ts'
import { openCounter } from '../src/bank-simulator/counter.ts'
import { standardLayout } from '../src/bank-simulator/layout.ts'
import { runOpenJobs } from '../src/jobs/index.ts'
import { runBankWork, sealLedger, verifyLedger } from '../src/modules/subsidies/index.ts'
import { officerAt, openOffice, type TestOffice } from './office.ts'

const RECIPIENTS = 60

/** The same county as in the long run, at one office whose clock is set. */
function deskOf(house: TestOffice, bank: Desk['bank']): Desk {
  const { app, office } = house
  const tokens = new Map<string, string>()
  let now = 0
  const set = (moment: number) => house.setNow(new Date((now = moment)))
  async function tokenOf(who: string): Promise<string> {
    const { body } = await officerAt(app, who, '').post('/api/v1/sessions', { username: who, password })
    return (body as { accessToken: string }).accessToken
  }
  const { auditSigningKey } = office.keys
  return {
    ...{ bank, superuser: office.db.owner },
    async ask(who, method, path, { body, version, key } = {}) {
      const token = tokens.get(who) ?? (await tokenOf(who))
      tokens.set(who, token)
      const officer = officerAt(app, who, token)
      const url = `/api/v1${path}`
      if (method === 'GET') return await officer.get(url)
      return await officer.post(url, body, {
        ...(version !== undefined && { ifMatch: version }),
        ...(key && { key: key.replaceAll(' ', '/') }),
      })
    },
    async moveTo(day) {
      tokens.clear()
      set(Date.parse(`${day}T10:00:00+08:00`))
    },
    struck: (_what, _statement, work) => work(),
    async work() {
      await runOpenJobs(office)
      await runBankWork(office)
      set(now + 30_000)
    },
    async seal() {
      await sealLedger(office.db.owner, auditSigningKey, new Date(now))
    },
    async verify() {
      const { faults } = await verifyLedger(office.db.owner, [createPublicKey(auditSigningKey)])
      return {
        isWhole: faults.length === 0,
        text: faults.map(({ kind, what }) => `${kind}: ${what}`).join('\n'),
      }
    },
  }
}

describe('a season of benefits', () => {
  it('goes from the rules to closed books, each fen as reckoned by hand, and two crimes are caught', async () => {
    const bank = keepingFiles(openBank(standardLayout, { failed: 0.1, seed: 'county' }))
    const service = openCounter(bank).listen(0, '127.0.0.1')
    await once(service, 'listening')
    const house = await openOffice({
      BANK_URL: `http://127.0.0.1:${(service.address() as AddressInfo).port}`,
    })
    const places = await placesOf(2)
    const county = makeCounty(RECIPIENTS, places.villages, 7)
    const findings: string[] = []
    await load(house.office, places, county)
    const staff = await hire(house, places)
    const desk = deskOf(house, bank)

    await runCounty({
      ...{ desk, county, staff, finding: (text) => void findings.push(text) },
      step: async (_, work) => void (await work()),
    })

    expect([...findings, ...(await findingsIn(desk, county))]).toEqual([])
    expect([...bank.paid().values()].every(({ times }) => times === 1)).toBe(true)
    await house.close()
    service.close()
  }, 90_000)
})

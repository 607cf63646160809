import { afterAll, beforeAll, expect, test } from 'vitest'
import type { PersonEvent } from '@youyu/shared/population/events'
import type { Person } from '@youyu/shared/population/persons'
import { openOffice, type Officer, type TestOffice } from '../../../../../test/office.ts'
import { bodyOf, furnishPlaces, places, register } from '../../../../../test/register.ts'

let office: TestOffice
let officer: Officer
let admin: Officer
const opening = new Date('2026-08-03T01:00:00Z')

beforeAll(async () => {
  office = await openOffice()
  office.setNow(opening)
  await furnishPlaces(office)
  officer = await office.officer('county_population', places.county)
  admin = await office.officer('sys_admin', null)
})
afterAll(async () => await office.close())

const standing = ({ items }: { items: PersonEvent[] }) => items.filter(({ voidedAt }) => voidedAt === null)

test('a person as of a moment is told with the names, the parents and the places of then', async () => {
  const home = { residenceDivision: places.nextVillage, hukouDivision: places.nextVillage }
  const [kept, merged, child] = [
    await register(officer, { ...home, name: '王芳', birthDate: '1980-01-01' }),
    await register(officer, { ...home, name: '王方', birthDate: '1980-01-01' }),
    await register(officer, { ...home, name: '小宝', birthDate: '2015-01-01', residenceSince: '2015-01-01' }),
  ]
  let minute = 0
  const people = [kept, merged, child].map(({ id }) => id)
  const look = async (query = '') =>
    await Promise.all(
      people.map(async (id) => {
        const { version: _, ...page } = bodyOf<Person>(
          await officer.get(`/api/v1/persons/${id}${query}`),
          200,
        )
        const events = bodyOf<{ items: PersonEvent[] }>(
          await officer.get(`/api/v1/persons/${id}/events${query}`),
          200,
        )
        return { page, events: standing(events) }
      }),
    )
  const seen: { after: string; at: string; told: unknown }[] = []
  const tell = async (url: string, body: object, by = officer, ifMatch?: number) => {
    minute += 1
    const moment = (second: number) => new Date(opening.getTime() + (minute * 60 + second) * 1000)
    office.setNow(moment(0))
    const answer = await by.post(`/api/v1/${url}`, body, ifMatch === undefined ? {} : { ifMatch })
    const { id } = bodyOf<{ id: string }>(answer, 201)
    seen.push({ after: url, at: moment(30).toISOString(), told: await look() })
    return id
  }
  const change = (kind: string, from: string, to: object, effectiveOn: string) => {
    const body = { kind, from: [from], to: [to], effectiveOn, sourceDocument: '区划调整文件' }
    return tell('division-changes', body, admin)
  }
  const merger = { keepId: kept.id, mergeId: merged.id, reason: '重复', take: ['name'] }
  const kinship = { set: { motherId: merged.id }, reason: '补录' }

  await tell(`persons/${child.id}/corrections`, kinship, officer, child.version)
  const merge = await tell('person-merges', merger)
  await tell(`person-merges/${merge}/undo`, { reason: '并非同一人' })
  await tell('person-merges', merger)
  await change('RECODE', places.nextVillage, { code: '371121001009' }, '2026-07-01')
  await change('RECODE', '371121001009', { code: '371121001010' }, '2026-07-15')
  await change('RENAME', '371121001010', { code: '371121001010', name: '宏泥崖村' }, '2026-08-01')

  for (const { after, at, told } of seen) expect(await look(`?asOf=${at}`), `${after} ${at}`).toEqual(told)
})

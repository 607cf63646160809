import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { EventFinding, PersonEvent } from '@youyu/shared/population/events'
import { openOffice, type Officer, type TestOffice } from '../../../../test/office.ts'
import { bodyOf, furnishPlaces, places, register } from '../../../../test/register.ts'

let office: TestOffice
let officer: Officer

beforeAll(async () => {
  office = await openOffice()
  office.setNow(new Date('2026-08-01T09:00:00+08:00'))
  await furnishPlaces(office)
  officer = await office.officer('county_population', places.county)
})
afterAll(async () => await office.close())

const renaming = {
  ...{ kind: 'RENAME', from: [places.nextVillage], to: [{ code: places.nextVillage, name: '宏泥崖村' }] },
  ...{ effectiveOn: '2026-08-01', sourceDocument: '区划调整文件' },
}

const eventsOf = async (id: string, query = '', by = officer) =>
  bodyOf<{ items: PersonEvent[] }>(await by.get(`/api/v1/persons/${id}/events${query}`), 200).items

describe('the events of a person', () => {
  test('stand in one list, with the other people, the places and what was voided', async () => {
    const wife = await register(officer, {
      name: '王芳',
      sex: '2',
      birthDate: '1995-01-01',
      residenceSince: '2001-01-01',
    })
    const husband = await register(officer, { name: '李强', sex: '1', birthDate: '1994-01-01' })
    const ward = await register(officer, { name: '小宝', birthDate: '2015-01-01' })
    const post = async (url: string, body: object) =>
      bodyOf<{ id: string }>(await officer.post(`/api/v1/${url}`, body), 201)
    office.setNow(new Date('2026-08-01T09:05:00+08:00'))
    const marriage = { event: 'MARRY', occurredOn: '2020-05-20', partyA: wife.id, partyB: husband.id }
    const { id: wrong } = await post('marriages', marriage)
    await post('parentage-events', {
      childId: ward.id,
      adultId: wife.id,
      kind: 'GUARDIAN',
      occurredOn: '2022-01-01',
    })
    await post('births', {
      ...{
        motherId: wife.id,
        fatherId: husband.id,
        occurredOn: '2023-01-01',
        sex: '2',
        place: 'HOSPITAL',
        child: { name: '李小小' },
      },
    })
    office.setNow(new Date('2026-08-01T09:10:00+08:00'))
    await post(`marriages/${wrong}/void`, { reason: '误录' })
    await post('migration-events', {
      ...{
        personId: wife.id,
        kind: 'FLOW_OUT',
        occurredOn: '2025-01-01',
        toDivision: places.capital,
        reason: 'WORK',
      },
    })

    const events = await eventsOf(wife.id)

    const told = events.map(({ kind, code, role, others, place, voidedAt }) =>
      [
        kind,
        code,
        role,
        others.map(({ role: as, name }) => `${as} ${name}`).join(),
        place?.name,
        voidedAt !== null,
      ].join(' '),
    )
    expect(told.sort()).toEqual(
      [
        'RESIDENCE 2 SELF  北京市 false',
        'MOVE FLOW_OUT SELF  北京市 false',
        'BIRTH LIVE MOTHER CHILD 李小小,FATHER 李强 洪凝社区 false',
        'PARENTAGE GUARDIAN ADULT CHILD 小宝  false',
        'MARRIAGE MARRY SPOUSE SPOUSE 李强 洪凝社区 true',
        'RESIDENCE 1 SELF  洪凝社区 false',
        'RESIDENCE 1 SELF  洪凝社区 true',
      ].sort(),
    )
    const then = await eventsOf(wife.id, '?asOf=2026-08-01T09:07:00%2B08:00')
    expect(then.map(({ kind, voidedAt }) => `${kind} ${voidedAt}`).sort()).toEqual([
      'BIRTH null',
      'MARRIAGE null',
      'PARENTAGE null',
      'RESIDENCE null',
    ])
  })

  test('are told as of a moment as they were told then, whatever was merged, undone or renamed since', async () => {
    let minute = 0
    office.setNow(new Date('2026-08-02T01:00:00Z'))
    officer = await office.officer('county_population', places.county)
    const admin = await office.officer('sys_admin', null)
    const home = { residenceDivision: places.nextVillage, hukouDivision: places.nextVillage }
    const woman = { ...home, birthDate: '1995-01-01' }
    const [kept, merged, third] = [
      await register(officer, { ...woman, name: '王芳', residenceSince: '2010-01-01' }),
      await register(officer, { ...woman, name: '王方', residenceSince: '2011-01-01' }),
      await register(officer, { ...woman, name: '汪芳' }),
    ]
    const [husband, twice] = [
      await register(officer, { name: '李强', sex: '1', birthDate: '1994-01-01' }),
      await register(officer, { ...home, name: '李墙', sex: '1', birthDate: '1994-01-01' }),
    ]
    const people = [kept, merged, third, husband, twice].map(({ id }) => id)
    const standing = async (query = '') =>
      await Promise.all(
        people.map(async (id) => (await eventsOf(id, query)).filter(({ voidedAt }) => voidedAt === null)),
      )
    const seen: { after: string; at: string; events: PersonEvent[][] }[] = []
    const told = async (url: string, body: object, by = officer) => {
      minute += 1
      office.setNow(new Date(Date.UTC(2026, 7, 2, 1, minute)))
      const { id } = bodyOf<{ id: string }>(await by.post(`/api/v1/${url}`, body), 201)
      const at = new Date(Date.UTC(2026, 7, 2, 1, minute, 30)).toISOString()
      seen.push({ after: url, at, events: await standing() })
      return id
    }
    const join = (keepId: string, mergeId: string) =>
      told('person-merges', { keepId, mergeId, reason: '重复' })
    const part = (id: string) => told(`person-merges/${id}/undo`, { reason: '并非同一人' })

    const flow = { kind: 'FLOW_OUT', occurredOn: '2025-01-01', toDivision: places.capital, reason: 'WORK' }
    await told('migration-events', { personId: merged.id, ...flow })
    const marriage = await told('marriages', {
      ...{ event: 'MARRY', occurredOn: '2020-05-20', partyA: husband.id, partyB: merged.id },
    })
    await told('births', {
      ...{ motherId: merged.id, fatherId: husband.id, occurredOn: '2023-01-01', sex: '2', place: 'HOSPITAL' },
      ...{ child: { name: '李小小' } },
    })
    await part(await join(kept.id, merged.id))
    await join(kept.id, merged.id)
    await told(`marriages/${marriage}/void`, { reason: '误录' })
    await told('division-changes', renaming, admin)
    await join(twice.id, husband.id)
    const ward = { childId: third.id, adultId: kept.id, kind: 'GUARDIAN', occurredOn: '2000-01-01' }
    const guardianship = await told('parentage-events', ward)
    await told(`parentage-events/${guardianship}/void`, { reason: '误录' })
    await join(third.id, kept.id)

    const held = seen.map(({ events }) =>
      events.map((items) => items.filter(({ kind }) => kind !== 'RESIDENCE').length).join(''),
    )
    expect(held.join(' ')).toBe('01000 02010 03020 30020 03020 30020 20010 20010 20001 30101 20001 00201')
    for (const { after, at, events } of seen)
      expect(await standing(`?asOf=${at}`), `${after} ${at}`).toEqual(events)
  })

  test('are masked below L2, and not shown to another area', async () => {
    const wife = await register(officer, { name: '王芳', sex: '2', birthDate: '1995-01-01' })
    const stranger = await office.officer('county_population', places.otherCounty)

    expect((await stranger.get(`/api/v1/persons/${wife.id}/events`)).status).toBe(404)
    expect((await officer.get(`/api/v1/persons/${wife.id}/events?asOf=2020-01-01T00:00:00Z`)).status).toBe(
      404,
    )
  })
})

describe('findings of events', () => {
  test('are listed by area with code and event, page by page', async () => {
    const young = await register(officer, { name: '赵六', sex: '2', birthDate: '2008-01-01' })
    const marry = (occurredOn: string) =>
      officer.post('/api/v1/marriages', {
        event: 'MARRY',
        occurredOn,
        partyA: young.id,
        partyBName: '外地人',
      })
    bodyOf(await marry('2025-01-01'), 201)
    bodyOf(await marry('2025-06-01'), 201)

    const list = async (query: string, by = officer) =>
      bodyOf<{ items: EventFinding[]; nextCursor: string | null }>(
        await by.get(`/api/v1/events/findings?${query}`),
        200,
      )
    const first = await list(`division=${places.village}&kind=MARRIAGE&limit=2`)
    const rest = await list(`division=${places.village}&kind=MARRIAGE&limit=2&cursor=${first.nextCursor}`)

    expect([...first.items, ...rest.items].map(({ code }) => code).sort()).toEqual(['F3', 'F3', 'F9'])
    expect(first.items[0]).toMatchObject({
      kind: 'MARRIAGE',
      person: { name: '赵六' },
      division: { name: '洪凝社区' },
    })
    expect((await list('code=F9')).items.length).toBe(1)
    const far = await office.officer('township_worker', places.otherTownship)
    expect((await list('', far)).items).toEqual([])
  })
})

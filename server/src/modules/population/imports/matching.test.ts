import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import {
  errorsOf,
  load,
  loadDivisions,
  numberOf,
  otherVillage,
  peopleFile,
  village,
} from '../../../../test/imports.ts'
import { openOffice, type Officer, type TestOffice } from '../../../../test/office.ts'

describe('a row about somebody who is registered', () => {
  let office: TestOffice
  let officer: Officer
  const number = numberOf('1985-06-07', 11)
  const changed = peopleFile({
    name: '张三丰',
    birthDate: '1985-06-07',
    idNumber: number,
    residence: otherVillage,
    phone: '13900001111',
    address: '',
  })

  beforeEach(async () => {
    if (office) await office.close()
    office = await openOffice()
    officer = await office.officer('county_population', '371121000000')
    await loadDivisions(office, officer)
    await load(
      office,
      officer,
      { kind: 'persons' },
      peopleFile({
        name: '张三',
        birthDate: '1985-06-07',
        idNumber: number,
        phone: '13800001111',
        address: '一号',
      }),
    )
  })
  afterAll(() => office.close())

  const registered = async () =>
    await office.sql(
      `select name, name_pinyin, residence_division, phone_mask, address, version from persons`,
    )
  const before = [
    {
      name: '张三',
      name_pinyin: 'zhangsan',
      residence_division: village,
      phone_mask: '138****1111',
      address: '一号',
      version: 1,
    },
  ]
  const after = [
    {
      name: '张三丰',
      name_pinyin: 'zhangsanfeng',
      residence_division: otherVillage,
      phone_mask: '139****1111',
      address: '一号',
      version: 2,
    },
  ]

  test('is skipped unless something else is chosen', async () => {
    const { import: loaded } = await load(office, officer, { kind: 'persons' }, changed)

    expect(loaded).toMatchObject({ rowsRead: 1, rowsAccepted: 0, rowsMatched: 1, rowsRejected: 0 })
    expect(await registered()).toEqual(before)
  })

  test('overwrites what it says and leaves a fact; an empty cell changes nothing', async () => {
    const { import: loaded } = await load(office, officer, { kind: 'persons', onMatch: 'overwrite' }, changed)

    expect(loaded).toMatchObject({ rowsMatched: 1, rowsRejected: 0 })
    expect(await registered()).toEqual(after)
    const facts = await office.sql<{ before: object; after: object }>(
      `select kind, source, before, after from person_facts`,
    )
    expect(facts).toMatchObject([
      {
        kind: 'corrected',
        source: 'IMPORT',
        before: { name: '张三', residenceDivision: village },
        after: { name: '张三丰', residenceDivision: otherVillage },
      },
    ])
    expect(JSON.stringify(facts)).not.toContain('13900001111')
    const episodes = await office.sql(
      'select division_code, voided_at is not null as voided from residence_episodes order by voided_at nulls last',
    )
    expect(episodes).toEqual([
      { division_code: village, voided: true },
      { division_code: otherVillage, voided: false },
    ])
    const [person] = await office.sql<{ id: string; phone_cipher: Buffer }>(
      'select id, phone_cipher from persons',
    )
    expect(
      office.office.ciphers.phone.decipher(person!.phone_cipher, { county: 371121, id: person!.id }),
    ).toBe('13900001111')
    expect(
      await office.sql('select division_code, residents from village_counts where residents <> 0'),
    ).toEqual([{ division_code: otherVillage, residents: 1 }])
  })

  test('waits for a person’s decision, once', async () => {
    const { import: loaded } = await load(office, officer, { kind: 'persons', onMatch: 'review' }, changed)
    const { body } = await officer.get(`/api/v1/imports/${loaded.id}/reviews`)

    expect(loaded).toMatchObject({ rowsMatched: 1, rowsForReview: 1 })
    expect(await registered()).toEqual(before)
    expect(body).toMatchObject({ items: [{ row: 2, decision: 'open' }] })
    const { differences } = (body as { items: { differences: { field: string }[] }[] }).items[0]!
    expect(differences).toContainEqual({ field: 'phone', registered: '138****1111', file: '139****1111' })

    const decided = await officer.post(`/api/v1/imports/${loaded.id}/reviews`, {
      rows: [2],
      decision: 'overwritten',
    })
    const twice = await officer.post(`/api/v1/imports/${loaded.id}/reviews`, {
      rows: [2],
      decision: 'skipped',
    })

    expect(decided.body).toEqual({ decided: 1 })
    expect(twice.status).toBe(409)
    expect(await registered()).toEqual(after)
  })

  test('is never merged into another person who has the same number', async () => {
    const content = peopleFile(
      { name: '李四', birthDate: '1970-01-01', idNumber: number },
      { name: '王五', birthDate: '1971-01-01', idNumber: number },
      { name: '无名', idNumber: '000000000000000000' },
    )

    const { import: loaded } = await load(office, officer, { kind: 'persons', onMatch: 'overwrite' }, content)

    expect((await errorsOf(officer, loaded)).map(({ row, code }) => [row, code])).toEqual([
      [2, 'id-number-taken'],
      [3, 'id-number-taken'],
      [4, 'placeholder-number'],
    ])
    expect(await registered()).toEqual(before)
  })

  test('is refused where the other one lives out of sight', async () => {
    const neighbour = await office.officer('township_worker', '371121100000')
    const content = peopleFile(
      {
        name: '张三',
        birthDate: '1985-06-07',
        idNumber: number,
        hukou: otherVillage,
        residence: otherVillage,
      },
      { name: '新人', hukou: otherVillage, residence: otherVillage },
    )

    const { import: loaded } = await load(
      office,
      neighbour,
      { kind: 'persons', onMatch: 'overwrite' },
      content,
    )

    expect(loaded).toMatchObject({ rowsAccepted: 1, rowsRejected: 1, rowsMatched: 0 })
    expect((await office.sql(`select name from persons order by name`)).length).toBe(2)
  })

  test('changes nothing in a dry run, which tells all the same', async () => {
    const content = `${changed}坏人,1,2090-01-01,,${village},${village},,,,\n`

    const { import: loaded } = await load(
      office,
      officer,
      { kind: 'persons', onMatch: 'overwrite', dryRun: 'true' },
      content,
    )

    expect(loaded).toMatchObject({
      state: 'succeeded',
      dryRun: true,
      rowsRead: 2,
      rowsMatched: 1,
      rowsRejected: 1,
    })
    expect((await errorsOf(officer, loaded)).map(({ code }) => code)).toEqual(['invalid-date'])
    expect(await registered()).toEqual(before)
    expect(await office.sql('select 1 from person_facts')).toEqual([])
  })

  test('in the same file again is told by the file’s hash, and loads once more only when asked to', async () => {
    await load(office, officer, { kind: 'persons' }, changed)

    const refused = await officer.upload(
      '/api/v1/imports',
      { kind: 'persons' },
      { name: 'other-name.csv', content: changed },
    )
    const again = await load(office, officer, { kind: 'persons', again: 'true' }, changed)

    expect(refused.status).toBe(409)
    expect(refused.body).toMatchObject({ code: 'import-duplicate' })
    expect(again.job.state).toBe('succeeded')
  })
})

describe('people of one household', () => {
  test('are joined to it across the file, and the head is seated', async () => {
    const office = await openOffice()
    const officer = await office.officer('county_population', '371121000000')
    await loadDivisions(office, officer)
    const content = peopleFile(
      { name: '妻', sex: '2', household: 'H1', relation: '配偶' },
      { name: '夫', household: 'H1', relation: '户主' },
      { name: '独', household: 'H2', relation: '0', residence: otherVillage },
    )

    await load(office, officer, { kind: 'persons' }, content)
    await load(
      office,
      officer,
      { kind: 'persons' },
      peopleFile({ name: '子', birthDate: '2015-01-01', household: 'H1', relation: '子' }),
    )
    await load(
      office,
      officer,
      { kind: 'households' },
      `户号,户类型,所在地,住址\nH1,家庭户,${village},三号\nH3,集体户,${village},\nH3,家庭户,${village},\n`,
    )

    const households =
      await office.sql(`select number, type, division_code, (select name from persons p where p.id = h.head_person_id) as head,
      (select count(*)::int from household_members m where m.household_id = h.id) as members from households h order by number`)
    expect(households).toEqual([
      { number: 'H1', type: 'FAMILY', division_code: village, head: '夫', members: 3 },
      { number: 'H2', type: 'FAMILY', division_code: otherVillage, head: '独', members: 1 },
      { number: 'H3', type: 'COLLECTIVE', division_code: village, head: null, members: 0 },
    ])
    expect(await office.sql('select division_code, households from village_counts order by 1')).toEqual([
      { division_code: village, households: 2 },
      { division_code: otherVillage, households: 1 },
    ])
    await office.close()
  })
})

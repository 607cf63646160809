import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { generateCounty, type GeneratedCounty } from '../../../../test/generated-county.ts'
import { errorsOf, load, village } from '../../../../test/imports.ts'
import { openOffice, type Officer, type TestOffice } from '../../../../test/office.ts'
import { keptCounts, recounted } from '../../../../test/register.ts'

type Expected = {
  row: number
  column: string
  defect: string
  outcome: 'rejected' | 'finding' | 'normalised' | 'kept-as-text'
}

const codes: Record<string, string> = {
  'bad-check-digit': 'invalid-id-number',
  'impossible-date': 'invalid-date',
  'unknown-division': 'unknown-division',
  'missing-name': 'required',
  'duplicate-number': 'id-number-taken',
}

describe('a generated county', () => {
  let office: TestOffice
  let officer: Officer
  let files: GeneratedCounty
  beforeAll(async () => {
    office = await openOffice()
    officer = await office.officer('county_population', '371121000000')
    files = await generateCounty({ persons: 3000, seed: 7, errors: 0.05 })
  })
  afterAll(async () => {
    await office.close()
    files.remove()
  })

  test('is loaded: every defect is answered as expected, nothing else is rejected, and the counts agree', async () => {
    const divisions = await load(office, officer, { kind: 'divisions' }, files.read('divisions.csv'))
    const expected = JSON.parse(files.read('errors-expected.json').toString()) as Expected[]
    const rejected = expected.filter(({ outcome }) => outcome === 'rejected')
    const people = files.read('persons.csv').toString().trimEnd().split('\n').length - 1

    const { import: loaded, job } = await load(
      office,
      officer,
      { kind: 'persons' },
      files.read('persons.csv'),
      'persons.csv',
    )

    expect(divisions.job).toMatchObject({ state: 'succeeded', rowsRejected: 0 })
    expect(job).toMatchObject({
      state: 'succeeded',
      rowsRead: people,
      rowsRejected: rejected.length,
      rowsAccepted: people - rejected.length,
      progress: 1,
      errorsUrl: `/api/v1/imports/${loaded.id}/errors.csv`,
    })
    expect(loaded.findings).toEqual({ I2: expected.filter(({ outcome }) => outcome === 'finding').length })
    expect(loaded.notes.map(({ code }) => code).sort()).toEqual([
      'formula-kept-as-text',
      'legacy-policy-column-dropped',
    ])
    const errors = await errorsOf(officer, loaded)
    expect(errors.map(({ row, code }) => [row, code])).toEqual(
      rejected.map(({ row, defect }) => [row + 1, codes[defect]]),
    )
    const [{ registered, seated, living, members }] =
      (await office.sql(`select count(*)::int as registered, count(household_id)::int as seated,
      (select count(*)::int from residence_episodes) as living, (select count(*)::int from household_members) as members from persons`)) as [
        Record<string, number>,
      ]
    expect([registered, seated, living, members]).toEqual(Array(4).fill(job.rowsAccepted))
    const [kept] = await office.sql(
      'select sum(residents)::int as residents, sum(registered)::int as registered, sum(households)::int as households from village_counts',
    )
    const [counted] =
      await office.sql(`select count(*) filter (where residence_status in ('1','3','4') and residence_division like '371121%')::int as residents,
      count(*) filter (where residence_status <> '9' and hukou_division like '371121%')::int as registered, (select count(*)::int from households) as households from persons`)
    expect(kept).toEqual(counted)
    expect(readdirSync(join(office.config.DATA_DIR, 'uploads'))).toEqual([])
  })

  test('gives the rejected rows back as a file, which loads again when it is corrected', async () => {
    const { import: loaded } = await load(
      office,
      officer,
      { kind: 'persons', again: 'true' },
      files.read('persons.csv'),
      'persons.csv',
    )
    const file = await officer.get(`/api/v1/imports/${loaded.id}/errors.csv`)
    const corrected = file.text.replaceAll('371121999999', village).replaceAll('2023-02-30', '')

    const again = await load(office, officer, { kind: 'persons' }, corrected, 'persons-errors.csv')

    expect(file.headers['content-type']).toContain('text/csv')
    expect(file.text).toContain('错误原因')
    expect(file.text).not.toContain('政策内')
    expect(again.job.rowsRead).toBe(loaded.rowsRejected)
    expect(again.job.rowsAccepted).toBeGreaterThan(0)
    expect(again.import.notes.filter(({ code }) => code === 'unknown-column-ignored')).toEqual([])
    const [logged] = await office.sql(
      `select count(*)::int as n from access_log where action = 'export' and entity_id = $1`,
      [loaded.id],
    )
    expect(logged).toEqual({ n: 1 })
  })

  test('loads its households over those that the people brought', async () => {
    const { import: loaded } = await load(
      office,
      officer,
      { kind: 'households' },
      files.read('households.csv'),
    )

    expect(loaded.rowsRead).toBe(loaded.rowsMatched)
    expect(loaded.rowsRejected).toBe(0)
  })
})

describe('ten years of a generated county', () => {
  let generated: TestOffice
  let clerk: Officer
  let files: GeneratedCounty
  const read = (kind: string) => files.read(`${kind}.csv`)
  beforeAll(async () => {
    generated = await openOffice()
    generated.setNow(new Date('2026-11-01T02:00:00Z'))
    clerk = await generated.officer('county_population', '371121000000')
    files = await generateCounty({ persons: 2500, seed: 5, errors: 0 })
    await load(generated, clerk, { kind: 'divisions' }, read('divisions'))
    await load(generated, clerk, { kind: 'persons' }, read('persons'))
  })
  afterAll(async () => {
    await generated.close()
    files.remove()
  })

  const postAll = async () =>
    (
      await generated.sql(
        'select count(*)::int as n from app.post_people(371121, (select array_agg(id) from persons), now(), null)',
      )
    )[0]

  test('newcomers are posted as one by one: nothing remains to be posted', async () => {
    expect(await postAll()).toEqual({ n: 0 })
  })

  test('are loaded without a rejected row, and the book is what the episodes say', async () => {
    for (const kind of ['births', 'marriages', 'moves', 'deaths']) {
      const { job } = await load(generated, clerk, { kind }, read(kind), `${kind}.csv`)
      expect(job, kind).toMatchObject({ state: 'succeeded', rowsRejected: 0 })
      expect(job.rowsAccepted).toBe(job.rowsRead)
    }
    const [{ differing }] = (await generated.sql(
      `select count(*)::int as differing from app.recount_people(371121, '371121', '371121:', '2026-11-30') r
       full join (select division_code as code, sum(residence)::int as residence, sum(registered)::int as registered
         from village_months group by 1 having sum(residence) <> 0 or sum(registered) <> 0) b using (code)
       where r.residence is distinct from b.residence or r.registered is distinct from b.registered`,
    )) as [{ differing: number }]
    expect(differing).toBe(0)
    expect(await keptCounts(generated)).toEqual(await recounted(generated))
    expect(await postAll()).toEqual({ n: 0 })
  })
})

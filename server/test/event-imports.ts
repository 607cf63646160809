import { expect } from 'vitest'
import { load, loadDivisions, numberOf, peopleFile } from './imports.ts'
import { openOffice, type Officer, type TestOffice } from './office.ts'
import { keptCounts, recounted } from './register.ts'

export const mother = numberOf('1995-03-02', 22)
export const father = numberOf('1993-05-06', 33)
export const child = numberOf('2020-06-01', 44)
export const old = numberOf('1940-01-31', 55)
export const elsewhere = '370102000000'

const peopleFileOfAll = peopleFile(
  { name: '李梅', sex: '2', birthDate: '1995-03-02', idNumber: mother, household: '1', relation: '1' },
  { name: '王强', sex: '1', birthDate: '1993-05-06', idNumber: father, household: '1', relation: '0' },
  { name: '王小', sex: '2', birthDate: '2020-06-01', idNumber: child, household: '1', relation: '3' },
  { name: '王婴', sex: '1', birthDate: '2026-08-01', household: '1', relation: '2' },
  { name: '孙老', sex: '1', birthDate: '1940-01-31', idNumber: old },
)

/** A register with a family and an old man, whose events are to be loaded. */
export async function openRegister(): Promise<{ office: TestOffice; officer: Officer }> {
  const office = await openOffice()
  office.setNow(new Date('2026-11-01T02:00:00Z'))
  const officer = await office.officer('county_population', '371121000000')
  await loadDivisions(office, officer)
  const { job } = await load(office, officer, { kind: 'persons' }, peopleFileOfAll)
  expect(job, JSON.stringify(job)).toMatchObject({ rowsAccepted: 5, rowsRejected: 0 })
  return { office, officer }
}

export const file = (...lines: string[]): string => [...lines, ''].join('\n')

/** Residents and registered of every village: what the book sums to, and what the register holds. */
async function bookAndRegister(office: TestOffice) {
  const book =
    await office.sql(`select division_code as village, sum(residence)::int as residents, sum(registered)::int as registered
    from population_postings group by 1 having sum(residence) <> 0 or sum(registered) <> 0 order by 1`)
  const register =
    await office.sql(`select village, sum(residents)::int as residents, sum(registered)::int as registered from (
      select residence_division as village, 1 as residents, 0 as registered from persons
      where status in ('ACTIVE', 'SUSPECT_DUP') and residence_status in ('1', '3', '4')
      union all select hukou_division, 0, 1 from persons where status in ('ACTIVE', 'SUSPECT_DUP') and residence_status <> '9') c
    where left(village, 6) = '371121' group by 1 order by 1`)
  return { book, register }
}
export async function expectClosed(office: TestOffice): Promise<void> {
  const { book, register } = await bookAndRegister(office)
  expect(book).toEqual(register)
  expect(await keptCounts(office)).toEqual(await recounted(office))
}

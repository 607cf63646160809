import { expect } from 'vitest'
import type { Problem } from '@youyu/shared/errors'
import type { Person } from '@youyu/shared/population/persons'
import { bookDiffersFromFacts } from './book.ts'
import { openOffice, type Officer, type TestOffice } from './office.ts'
import { bodyOf, furnishPlaces, keptCounts, places, recounted } from './register.ts'

/** Where the events of a small county are entered, on a morning of August 2026. */
export type Bureau = {
  office: TestOffice
  officer: Officer
  read(personId: string): Promise<Person>
  /** Counts and book are what the facts say. */
  closes(): Promise<void>
  close(): Promise<void>
}

const today = '2026-08-20'

export async function openBureau(): Promise<Bureau> {
  const office = await openOffice()
  office.setNow(new Date(`${today}T09:00:00+08:00`))
  await furnishPlaces(office)
  const officer = await office.officer('county_population', places.county)
  return {
    ...{ office, officer },
    read: async (id) => bodyOf<Person>(await officer.get(`/api/v1/persons/${id}`), 200),
    async closes() {
      expect(await keptCounts(office)).toEqual(await recounted(office))
      expect(await bookDiffersFromFacts(office)).toEqual([])
    },
    close: () => office.close(),
  }
}

/** Field and code of everything that was wrong. */
export const faultsOf = ({ body }: { body: unknown }): [string, string][] =>
  ((body as Problem).errors ?? []).map(({ pointer, code }) => [pointer, code])

import type { Birth } from '@youyu/shared/population/births'
import type { Person } from '@youyu/shared/population/persons'
import { openBureau, type Bureau } from './bureau.ts'
import type { Answer } from './office.ts'
import { bodyOf, register } from './register.ts'

export type BirthDesk = Bureau & {
  aWoman(given?: object): Promise<Person>
  record(given?: object, query?: string): Promise<Answer>
  recorded(given?: object): Promise<Birth>
}

export const aBirth = (given: object = {}) => ({
  occurredOn: '2026-08-01',
  sex: '1',
  place: 'HOSPITAL',
  child: {},
  ...given,
})

/** A bureau where births are recorded. */
export async function openBirthDesk(): Promise<BirthDesk> {
  const bureau = await openBureau()
  const { officer } = bureau
  const woman = { name: '王芳', sex: '2', birthDate: '1995-04-05', residenceSince: '2015-01-01' } as const
  const record = (given: object = {}, query = '') => officer.post(`/api/v1/births${query}`, aBirth(given))
  return {
    ...bureau,
    aWoman: (given = {}) => register(officer, { ...woman, ...given }),
    record,
    recorded: async (given) => bodyOf<Birth>(await record(given), 201),
  }
}

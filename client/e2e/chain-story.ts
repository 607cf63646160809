import type { Page } from 'playwright-core'
import { openDemo, type Demo } from './demo.ts'
import type { Visitor } from './visitor.ts'

const DAY = 86_400_000

export type Person = { id: string; name: string; birthDate: string }

/** One couple of the demo, from their marriage to the first birthday of their child. */
export type Story = {
  demo: Demo
  woman: Person
  man: Person
  /** Told today at its true days: married two years ago, her child one year old this week. */
  today: string
  married: string
  menses: string
  born: string
  /** Read from the addresses of pages while the story goes on. */
  chainId: string
  pregnancyId: string
  caseId: string
  childId: string
  /** The one browser at which this role sits: `station-clinician`. */
  at: (role: string) => Promise<Visitor>
}

export const after = (day: string, days: number) =>
  new Date(Date.parse(day) + days * DAY).toISOString().slice(0, 10)

export async function openStory(): Promise<Story> {
  const demo = await openDemo()
  const today = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai' }).format(new Date())
  const menses = after(today, -652)
  const visitors = new Map<string, Visitor>()
  return {
    demo,
    woman: await unmarried(demo, '2'),
    man: await unmarried(demo, '1'),
    today,
    married: after(today, -725),
    menses,
    born: after(menses, 276),
    chainId: '',
    pregnancyId: '',
    caseId: '',
    childId: '',
    async at(role) {
      const visitor = visitors.get(role) ?? (await demo.visitorAs(`demo-${role}`))
      visitors.set(role, visitor)
      return visitor
    },
  }
}

/** Somebody whose name nobody shares. */
async function unmarried(demo: Demo, sex: '1' | '2'): Promise<Person> {
  const query = `sex=${sex}&ageFrom=25&ageTo=33&status=ACTIVE&residenceStatus=1&limit=100`
  const { items } = await demo.ask<{ items: Person[] }>('demo-county-population', `/persons?${query}`)
  for (const person of items) {
    if (items.filter(({ name }) => name === person.name).length > 1) continue
    const { maritalStatus } = await demo.ask<{ maritalStatus: string | null }>(
      'demo-county-population',
      `/persons/${person.id}`,
    )
    if (maritalStatus === '10') return person
  }
  throw new Error('everybody is married')
}

/** A mark of the timeline by what it says: `NT 超声，本人谢绝`. */
export const mark = (page: Page, words: string) =>
  page.locator('.board').getByRole('button', { name: new RegExp(`^${words.split('，').join('\\s*，\\s*')}`) })

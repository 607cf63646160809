import { runOpenJobs } from '../jobs/index.ts'
import type { Office } from '../office.ts'
import { enter, look, type Signed } from './front-door.ts'

type Person = {
  id: string
  name: string
  birthDate: string
  hukou: { code: string }
  residence: { code: string }
}
type People = { items: Person[] }

const given = ['志强', '丽娟', '建军', '桂芳', '海涛', '秀梅', '晓东', '玉洁']

/** 60岁以上妇女 of a place and their grown-up children: the register of ten years knows no parents before. */
export async function nameGrownChildren(
  clerk: Signed,
  township: string,
  count: number,
): Promise<{ onlyChildren: string[] }> {
  const onlyChildren: string[] = []
  const query = `sex=2&ageFrom=61&ageTo=84&division=${township}&status=ACTIVE&limit=${count}`
  const { items } = await look<People>(clerk, `/api/v1/persons?${query}`)
  for (const [place, mother] of items.entries()) {
    const children = place % 4 === 3 ? 2 : 1
    for (let child = 0; child < children; child += 1) {
      const { id } = await enter<{ id: string }>(clerk, '/api/v1/persons', {
        ...{
          name: `${mother.name.slice(0, 1)}${given[(place + child) % given.length]}`,
          motherId: mother.id,
        },
        ...{
          sex: children === 2 ? '2' : '1',
          birthDate: `${Number(mother.birthDate.slice(0, 4)) + 25 + child}-05-1${child}`,
        },
        ...{
          hukouDivision: mother.hukou.code,
          residenceDivision: mother.residence.code,
          residenceStatus: '1',
        },
      })
      if (children === 1) onlyChildren.push(id)
    }
  }
  return { onlyChildren }
}

/** Runs the rules in force over the register, as the county does before each season. */
export async function runRules(office: Office, county: Signed): Promise<void> {
  await enter(county, '/api/v1/eligibility-runs', {})
  await runOpenJobs(office)
}

export type Proposal = {
  id: string
  level: string
  subject: { id: string }
  payee: { id: string } | null
  division: { code: string }
}

export async function proposals(as: Signed, query: string): Promise<Proposal[]> {
  return (await look<{ items: Proposal[] }>(as, `/api/v1/benefit-proposals?limit=200&${query}`)).items
}

/** What a document says of somebody, as the township enters it. */
export async function prove(
  township: Signed,
  personId: string,
  { kind, documentType, ...more }: { kind: string; documentType: string; grade?: number; detail?: string },
  from: string,
): Promise<void> {
  await enter(township, '/api/v1/circumstances', { personId, kind, documentType, from, ...more })
}

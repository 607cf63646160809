import type { Installation } from '../installation.ts'

export type Sample = {
  county: string
  ids: string[]
  townships: string[]
  villages: string[]
  /** What people type: whole names, halves of names, pinyin, initials. */
  typed: string[]
}

/** People, places and search words of a loaded database, the same for the same register. */
export async function sampleOf(
  installation: Installation,
  database: string,
  county: string,
): Promise<Sample> {
  const persons = await installation.sql(
    database,
    `select id, name, name_pinyin, name_initials from persons where status <> 'MERGED' order by md5(id::text || 'sample') limit 3000`,
  )
  const places = await installation.sql(
    database,
    `select code, level from divisions where valid_to is null and code like $1 || '%' and level in (4, 5) order by code`,
    [county],
  )
  const codes = (level: number) =>
    places.filter((place) => place['level'] === level).map((place) => place['code'] as string)
  const typed = persons.flatMap((person, index) => {
    const name = person['name'] as string
    const pinyin = person['name_pinyin'] as string
    return [
      [
        name,
        [...name].slice(1).join('') || name,
        [...name].slice(0, 2).join(''),
        pinyin,
        pinyin.slice(0, Math.ceil(pinyin.length / 2)),
        person['name_initials'] as string,
      ][index % 6] as string,
    ]
  })
  return {
    county,
    ids: persons.map((person) => person['id'] as string),
    townships: codes(4),
    villages: codes(5),
    typed,
  }
}

import { open } from 'node:fs/promises'
import { checkCharacter } from '@youyu/shared/population/identity-number'
import type { Office } from '../src/office.ts'

const county = '371121'
/** Not one of those whose payees are put into the register without their counts. */
export const village = `${county}002001`
const header = 'name,sex,birthDate,idType,idNumber,hukouDivision,residenceDivision,householdNumber,address\n'
const PIECE = 5000

/** As much of the county's tree as its people need. */
export async function furnishVillage({ db }: Office): Promise<void> {
  await db.owner.query(
    `insert into divisions (code, valid_from, name, pinyin, initials, level, parent_code, recorded_at)
     select code, '2000-01-01', '某地', 'moudi', 'md', level, parent, now() from (values
       ('370000000000', 1, null), ('371100000000', 2, '370000000000'), ('371121000000', 3, '371100000000'),
       ('371121002000', 4, '371121000000'), ('${village}', 5, '371121002000')) as d (code, level, parent)
     on conflict do nothing`,
  )
}

const DAY = 86_400_000
const bornFrom = Date.UTC(1950, 0, 1)

/** Nobody's number: it begins with 99, and no two serials have the same. */
export function numberOf(serial: number): { idNumber: string; birthDate: string } {
  const birthDate = new Date(bornFrom + (serial % 20_000) * DAY).toISOString().slice(0, 10)
  const rest = Math.floor(serial / 20_000)
  const place = String(1000 + Math.floor(rest / 999))
  const digits = `99${place}${birthDate.replaceAll('-', '')}${String((rest % 999) + 1).padStart(3, '0')}`
  return { idNumber: digits + checkCharacter(digits), birthDate }
}

type Wanted = { from: number; rows: number } | { from: number; bytes: number }

/** A register of people of nobody, so many rows or as many as fit; answers how many there are. */
export async function writePeople(path: string, wanted: Wanted, address = ''): Promise<number> {
  const file = await open(path, 'w')
  let rows = 0
  let piece = ''
  let size = Buffer.byteLength(header)
  const isFull = (line: string) =>
    'rows' in wanted ? rows === wanted.rows : size + Buffer.byteLength(line) > wanted.bytes
  await file.write(header)
  for (;;) {
    const serial = wanted.from + rows
    const { idNumber, birthDate } = numberOf(serial)
    const sex = Number(idNumber[16]) % 2 === 1 ? '1' : '2'
    const line = `人${serial},${sex},${birthDate},01,${idNumber},${village},${village},H${Math.floor(serial / 3)},${address}\n`
    if (isFull(line)) break
    rows += 1
    size += Buffer.byteLength(line)
    piece += line
    if (rows % PIECE !== 0) continue
    await file.write(piece)
    piece = ''
  }
  await file.write(piece)
  await file.close()
  return rows
}

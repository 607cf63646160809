import type {
  ProgrammeDetail,
  ProgrammeSummary,
  ProgrammeVersion,
  Rate,
} from '@youyu/shared/subsidies/programmes'
import type { CivilDate, Id } from '@youyu/shared/values'
import { covers, type Access } from '../../../access/access.ts'
import { reading } from '../../../database/transaction.ts'
import { todayOf, type Office } from '../../../office.ts'
import { Refused } from '../../../refused.ts'
import {
  selectProgrammes,
  selectRates,
  selectSharesOn,
  selectShareSets,
  selectStacking,
  selectTerms,
  selectVersions,
  type VersionRow,
} from './queries.ts'
import { isOpenOn } from './rules.ts'

/** City roles say which of their counties they mean. */
export function countyOfProgrammes(access: Access, asked: number | undefined): number {
  const county = asked ?? access.county
  const isOwn = county === access.county || covers(access.prefixes, String(county).padEnd(12, '0'))
  if (county === 0 || !isOwn)
    throw new Refused('out-of-area', { errors: [{ pointer: '?county', code: 'out-of-area' }] })
  return county
}

const withoutCode = ({ code: _, ...rate }: Rate & { code: string }): Rate => rate

type Asked = { on?: CivilDate | undefined; county?: number | undefined }

export async function programmesOf(
  office: Office,
  access: Access,
  asked: Asked,
): Promise<{ items: ProgrammeSummary[] }> {
  const county = countyOfProgrammes(access, asked.county)
  const on = asked.on ?? todayOf(office.now())
  const [programmes, terms, rates, shares] = await reading(office.db, access, (tx) =>
    Promise.all([
      selectProgrammes(tx, county),
      selectTerms(tx, county, on),
      selectRates(tx, county),
      selectSharesOn(tx, county, on),
    ]),
  )
  const items = programmes.map((programme) => {
    const current = terms.find(({ code }) => code === programme.code)
    const isCurrent = ({ code, from, to }: Rate & { code: string }) =>
      code === programme.code && from <= on && (to === null || to >= on)
    return {
      ...programme,
      versionId: current?.versionId ?? null,
      subject: current?.terms.subject ?? null,
      manner: current?.terms.manner ?? null,
      paymentPeriod: current?.terms.paymentPeriod ?? null,
      window: current?.terms.window ?? null,
      isOpenToday: programme.status === 'OPEN' && current !== undefined && isOpenOn(current.terms, on),
      rates: rates.filter(isCurrent).map(withoutCode),
      shares: shares.filter(({ code }) => code === programme.code).map(({ tier, pct }) => ({ tier, pct })),
    }
  })
  return { items }
}

const shown = ({ recordedAt, ...version }: VersionRow, current: Id | undefined): ProgrammeVersion => ({
  ...version,
  recordedAt: recordedAt.toISOString(),
  isCurrent: version.id === current,
})

export async function programmeOf(
  office: Office,
  access: Access,
  code: string,
  asked: Asked,
): Promise<ProgrammeDetail> {
  const county = countyOfProgrammes(access, asked.county)
  const on = asked.on ?? todayOf(office.now())
  const [programmes, terms, rates, shareSets, stacking, versions] = await reading(office.db, access, (tx) =>
    Promise.all([
      selectProgrammes(tx, county),
      selectTerms(tx, county, on),
      selectRates(tx, county),
      selectShareSets(tx, county, code),
      selectStacking(tx, county, code),
      selectVersions(tx, county, { code }),
    ]),
  )
  const found = programmes.find((programme) => programme.code === code)
  if (!found) throw new Refused('not-found')
  const { openChanges: _, ...programme } = found
  const current = terms.find((each) => each.code === code)?.versionId
  const shownVersions = versions.map((version) => shown(version, current))
  return {
    ...programme,
    version: shownVersions.find(({ isCurrent }) => isCurrent) ?? null,
    versions: shownVersions,
    rates: rates.filter((rate) => rate.code === code).map(withoutCode),
    shareSets,
    stacking,
  }
}

/** However old it is, and whether or not it is still in force: what a decision was taken by. */
export async function versionOf(
  office: Office,
  access: Access,
  id: Id,
  asked: Asked,
): Promise<ProgrammeVersion> {
  const county = countyOfProgrammes(access, asked.county)
  const [[version], terms] = await reading(office.db, access, (tx) =>
    Promise.all([selectVersions(tx, county, { id }), selectTerms(tx, county, todayOf(office.now()))]),
  )
  if (!version) throw new Refused('not-found')
  return shown(version, terms.find(({ code }) => code === version.code)?.versionId)
}

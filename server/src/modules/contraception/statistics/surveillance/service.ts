import type { getComplicationSurveillance, getOwnComplications } from '@youyu/shared/contraception/statistics'
import type { EndpointOutput } from '@youyu/shared/endpoint'
import type { z } from 'zod'
import type { Access } from '../../../../access/access.ts'
import { record } from '../../../../audit/index.ts'
import { reading, transaction } from '../../../../database/transaction.ts'
import type { Office } from '../../../../office.ts'
import { funnel } from '../../../statistics/index.ts'
import { per } from '../rules-estimates.ts'
import { monthsIn, spanAsked } from '../span.ts'
import {
  selectDeviceNames,
  selectEvents,
  selectFacilityNames,
  selectOwnOperators,
  type EventCount,
} from './queries.ts'
import { chartOf, eventsIn, kindsOf, proceduresIn, watched } from './rules.ts'

type Query = z.output<(typeof getComplicationSurveillance)['schema']['querystring']>
type Surveillance = EndpointOutput<typeof getComplicationSurveillance>

const PER = 1000

export async function readSurveillance(office: Office, access: Access, query: Query): Promise<Surveillance> {
  const span = spanAsked(office, access, query)
  return await reading(office.db, access, async (tx) => {
    const counts = await selectEvents(tx, span.county, span)
    const byDevice = grouped(counts, ({ deviceType }) => deviceType)
    const byFacility = grouped(counts, ({ facilityId }) => facilityId)
    const [devices, facilities] = await Promise.all([
      selectDeviceNames(tx, [...byDevice.keys()]),
      selectFacilityNames(tx, [...byFacility.keys()]),
    ])
    return {
      charts: [null, ...watched].map((what) => chartOf(span.months, counts, what)),
      byProcedure: [...grouped(counts, ({ procedureType }) => procedureType)]
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([procedureType, of]) => ({ procedureType, kinds: kindsOf(of) })),
      byDevice: devices.map(({ code, nameZh, nameEn }) => ({
        ...{ deviceType: code, nameZh, nameEn },
        kinds: kindsOf(byDevice.get(code) ?? []),
      })),
      ...aroundTheCounty(facilities, byFacility),
    }
  })
}

function grouped<Key extends string>(
  counts: readonly EventCount[],
  keyOf: (count: EventCount) => Key | null,
) {
  const groups = new Map<Key, EventCount[]>()
  for (const count of counts) {
    const key = keyOf(count)
    if (key !== null) groups.set(key, [...(groups.get(key) ?? []), count])
  }
  return groups
}

function aroundTheCounty(
  facilities: readonly { id: string; name: string }[],
  byFacility: Map<string, EventCount[]>,
): Pick<Surveillance, 'byFacility' | 'funnel'> {
  const units = facilities.map((facility) => {
    const of = byFacility.get(facility.id) ?? []
    return { key: facility, events: eventsIn(of), denominator: proceduresIn(of) }
  })
  const procedures = units.reduce((sum, { denominator }) => sum + denominator, 0)
  const centre =
    procedures === 0 ? 0 : (PER * units.reduce((sum, { events }) => sum + events, 0)) / procedures
  const { points, limits } = funnel(
    'rate',
    centre,
    units.filter(({ denominator }) => denominator > 0),
    PER,
  )
  const bandOf = new Map(
    points.map(({ key, band, smallNumber }) => [key.id, smallNumber.mayRank ? band : null]),
  )
  return {
    byFacility: units.map(({ key, events, denominator }) => ({
      facility: key,
      estimate: per(PER, events, denominator),
      position: bandOf.get(key.id) ?? null,
    })),
    funnel: limits,
  }
}

type OwnQuery = z.output<(typeof getOwnComplications)['schema']['querystring']>

/** For the chief of the facility: to ask and to train, in the order of names. */
export async function readOwnOperators(
  office: Office,
  access: Access,
  query: OwnQuery,
): Promise<EndpointOutput<typeof getOwnComplications>> {
  const span = monthsIn(office, query)
  return await transaction(office.db, access, async (tx) => {
    const operators = await selectOwnOperators(tx, access, span)
    await record(
      tx,
      access,
      {
        action: 'view',
        entity: 'complications',
        fields: ['operators'],
        rows: operators.length,
        purpose: 'SERVICE',
      },
      office.now(),
    )
    return {
      operators: operators.map(({ id, name, procedures, complications }) => ({
        operator: { id, name },
        estimate: per(PER, complications, procedures),
      })),
    }
  })
}

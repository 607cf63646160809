import { spotWays, type BloodSpot } from '@youyu/shared/birth-defects/newborn'
import type { CivilDate } from '@youyu/shared/values'
import type { Access } from '../../../../access/access.ts'
import type { Office } from '../../../../office.ts'
import { childOf, opened } from '../../cells.ts'
import type { Named } from '../../queries-facts.ts'
import type { SpotRow } from './queries.ts'

export function shown(office: Office, access: Access, row: SpotRow & Named, today: CivilDate): BloodSpot {
  const { id, chainId, bornOn, sequence, state, stateOn, sampledOn, hoursAfterBirth, feeds, sampleNumber } =
    row
  const { findings, reportedOn, recalledOn, confirmedOn, diagnosisCodes, treatedOn, followedOn } = row
  const values = opened(office, access, id, row.valuesCipher)
  return {
    ...{ id, child: childOf(row), chainId, bornOn, sequence, state, stateOn, dueBy: row.dueBy, sampledOn },
    ...{
      hoursAfterBirth,
      feeds,
      sampleNumber,
      findings,
      reportedOn,
      recalledOn,
      confirmedOn,
      diagnosisCodes,
    },
    ...{ treatedOn, followedOn, noSampleReason: row.noSampleReason, remindedOn: row.remindedOn },
    isOverdue: row.dueBy !== null && row.dueBy < today,
    next: [...spotWays[state]],
    flags: { PKU: row.pku, CH: row.ch, G6PD: row.g6pd, CAH: row.cah },
    values: values === null ? null : (JSON.parse(values) as Record<string, number>),
    note: opened(office, access, id, row.noteCipher),
    isOurs: row.facilityId === access.facility,
    recordedAt: row.recordedAt.toISOString(),
    voidedAt: row.voidedAt?.toISOString() ?? null,
    ...{ voidReason: row.voidReason, version: row.version },
  }
}

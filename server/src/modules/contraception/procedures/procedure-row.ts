import type { FormValues } from '@youyu/shared/contraception/procedure-form'
import type { Complication } from '@youyu/shared/contraception/complications'
import type { Procedure, ProcedureRow } from '@youyu/shared/contraception/procedures'
import type { CivilDate } from '@youyu/shared/values'
import type { Access } from '../../../access/access.ts'
import type { Office } from '../../../office.ts'
import type { ListedProcedure, ReadProcedure } from './queries.ts'
import { isOverdue } from './rules.ts'

export function shownProcedureRow(row: ListedProcedure, today: CivilDate): ProcedureRow {
  return {
    id: row.id,
    clientId: row.clientId,
    clientName: row.clientName ?? '',
    type: row.type,
    status: row.status,
    requestedOn: row.requestedOn,
    scheduledOn: row.scheduledOn,
    performedOn: row.performedOn,
    operatorName: row.operatorName,
    hasComplication: row.hasComplication,
    isOverdue: isOverdue(row, today),
    findings: row.findings,
    recordedAt: row.recordedAt.toISOString(),
    voidedAt: row.voidedAt?.toISOString() ?? null,
    version: row.version,
  }
}

/** With its form deciphered, to the facility that did it. */
export function shownProcedure(
  { ciphers }: Pick<Office, 'ciphers'>,
  { county }: Access,
  row: ReadProcedure,
  complications: Complication[],
  today: CivilDate,
): Procedure {
  const { formVersion, formCipher, clientName: _, ...rest } = row
  const values = formCipher && ciphers.clinical.decipher(formCipher, { county, id: row.id })
  return {
    ...rest,
    ...shownProcedureRow(row, today),
    form: values && formVersion ? { version: formVersion, values: JSON.parse(values) as FormValues } : null,
    complications,
  }
}

import { freedomStatement, type ChoiceSheet } from '@youyu/shared/contraception/choices'
import type { MethodEligibility } from '@youyu/shared/contraception/eligibility'
import { mecMethodOf, methodNames } from '@youyu/shared/contraception/methods'
import type { Id } from '@youyu/shared/values'
import type { Access } from '../../../../access/access.ts'
import { record } from '../../../../audit/index.ts'
import { transaction } from '../../../../database/transaction.ts'
import { todayOf, type Office } from '../../../../office.ts'
import { Refused } from '../../../../refused.ts'
import { careDeed } from '../../clients/index.ts'
import { evaluationOf } from '../../eligibility/index.ts'
import { sheetsOn } from '../../methods/index.ts'
import { shownChoice } from '../choice-row.ts'
import { findChoice } from '../queries.ts'

/** The sheet that she reads and signs: what she was told, in the words of the day. */
export async function readSheet(office: Office, access: Access, id: Id): Promise<ChoiceSheet> {
  const at = office.now()
  return await transaction(office.db, access, async (tx) => {
    const choice = await findChoice(tx, access, id)
    if (!choice) throw new Refused('not-found')
    const [sheets, evaluation] = await Promise.all([
      sheetsOn(tx, access, choice.occurredOn),
      choice.screenId ? evaluationOf(tx, office, access, choice.screenId) : null,
      record(
        tx,
        access,
        careDeed(office, choice.clientId, 'view', 'informed-choice', { fields: ['sheet'] }),
        at,
      ),
    ])
    const [statementZh, statementEn] = freedomStatement
    return {
      choice: shownChoice(office, access, choice),
      client: { name: choice.clientName, birthDate: choice.birthDate },
      methods: choice.methodsExplained.map((code) => ({
        code,
        nameZh: methodNames[code][0],
        nameEn: methodNames[code][1],
        sheet: sheets.find(({ method }) => method === code) ?? null,
        eligibility: eligibilityOf(evaluation?.methods ?? [], mecMethodOf(code)),
      })),
      statementZh,
      statementEn,
      printedOn: todayOf(at),
    }
  })
}

function eligibilityOf(
  methods: readonly MethodEligibility[],
  method: string | null,
): MethodEligibility | null {
  return methods.find((each) => each.method === method) ?? null
}

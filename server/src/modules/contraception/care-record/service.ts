import type { CareRecord } from '@youyu/shared/contraception/care-record'
import type { Id } from '@youyu/shared/values'
import type { Access } from '../../../access/access.ts'
import { record } from '../../../audit/index.ts'
import { transaction } from '../../../database/transaction.ts'
import { todayOf, type Office } from '../../../office.ts'
import { Refused } from '../../../refused.ts'
import { selectChoices, shownChoiceRow } from '../choices/index.ts'
import { careDeed, careKeyOf, selectClients, shownClient } from '../clients/index.ts'
import { selectConsents, shownConsent } from '../consents/index.ts'
import { encountersOfClient, shownEncounter } from '../encounters/index.ts'
import { selectEpisodes, shownEpisode } from '../episodes/index.ts'
import {
  proceduresOfClient,
  selectComplications,
  shownComplication,
  shownProcedure,
} from '../procedures/index.ts'
import { selectLooks } from './queries.ts'

const MOST = 200

/** Everything of one client that the facility may read; the reading is written before it is told. */
export async function readCareRecord(office: Office, access: Access, id: Id): Promise<CareRecord> {
  const at = office.now()
  const today = todayOf(at)
  const { idempotency: _, ...looking } = access
  return await transaction(office.db, looking, async (tx) => {
    const of = { clientId: id }
    const [[client], choices, episodes, procedures, complications, encounters, consents] = await Promise.all([
      selectClients(tx, access, [id]),
      selectChoices(tx, access, { ...of, after: null, limit: MOST }),
      selectEpisodes(tx, access, of, null, MOST),
      proceduresOfClient(tx, access, id),
      selectComplications(tx, access, of, null, MOST),
      encountersOfClient(tx, access, id),
      selectConsents(tx, access, of, null, MOST),
      record(tx, access, careDeed(office, id, 'view', 'care-record'), at),
    ])
    if (!client) throw new Refused('not-found')
    const everybody = consents.some(
      ({ kind, withdrawnOn, voidedAt }) => kind === 'SHARING' && !withdrawnOn && !voidedAt,
    )
    const looks = await selectLooks(tx, access, careKeyOf(office, id), { everybody })
    const told = complications.map((row) => shownComplication(office, access, row))
    return {
      client: shownClient(client, today),
      choices: choices.map(shownChoiceRow),
      episodes: episodes.map(shownEpisode),
      procedures: procedures.map((row) => {
        const its = told.filter(({ procedureId }) => procedureId === row.id)
        return shownProcedure(office, access, row, its, today)
      }),
      complications: told,
      encounters: encounters.map((row) => shownEncounter(office, access, row)),
      consents: consents.map(shownConsent),
      looks: looks.map((look) => ({ ...look, at: look.at.toISOString() })),
    }
  })
}

import type { Transaction } from '../../../database/connect.ts'

/** What an import changes in the counts kept of villages, summed up at its end. */
export const villageDeltas = `create temp table if not exists village_deltas (
      village text collate "C", residents int, registered int, inflow int, away int, households int, male int, female int
    ) on commit drop`

export async function openVillageDeltas(tx: Transaction): Promise<void> {
  await tx.client.query(villageDeltas)
}

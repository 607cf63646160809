type Make = (noun: string, body: object) => Promise<string>

export type ChainRecords = { chain: string; chainSaid: string }

export const chainNouns = { 'birth-defect-chains': 'chain' } as const

const on = '2026-08-01'

/** What a facility keeps of a woman's chain. */
export async function chainsOf(made: Make, womanId: string): Promise<ChainRecords> {
  const chain = await made('birth-defect-chains', { womanId, ground: 'PREGNANCY', on })
  return {
    chain,
    chainSaid: await made(`birth-defect-chains/${chain}/links`, { item: 'EDUCATION', event: 'OFFERED', on }),
  }
}

type Known = ChainRecords & { mother: string; place: { county: string } }

export const chainBodies: Record<string, (records: Known) => unknown> = {
  openBirthDefectChain: ({ mother }) => ({ womanId: mother, ground: 'PRECONCEPTION', on }),
  recordChainLink: () => ({ item: 'TORCH', event: 'OFFERED', on }),
  voidChainLink: () => ({ reason: '误录' }),
  joinBirthDefectChain: ({ mother }) => ({ ground: 'CONSENT', womanId: mother, on, hasConsented: true }),
  leaveBirthDefectChain: () => ({ on, womanLeaves: true }),
  draftChainSchedule: () => ({
    ...{ effectiveFrom: '2099-01-01', reason: '核对' },
    items: [
      {
        ...{ item: 'EDUCATION', anchor: 'OPENING', fromDays: 0, toDays: 60, openingDays: null },
        ...{
          endsWithPregnancy: true,
          isPerChild: false,
          condition: 'ALWAYS',
          servedBy: [],
          source: '本县试行',
        },
      },
    ],
  }),
  settleChainSchedule: () => ({ decision: 'WITHDRAWN' }),
  closeCascadePeriod: () => ({ from: '2026-01-01', to: '2026-01-01' }),
}

import { enter, type Signed } from './front-door.ts'

type Officers = {
  clinician: Signed
  chief: Signed
  reporter: Signed
  laboratory: Signed
  county: Signed
  clerk: Signed
}
export type Chains = Officers & {
  facilities: ReadonlyMap<string, string>
  /** Store of the clinic's outlet. */
  storeId: string
  today: string
}

/** The case manager of the demo's clinic takes a chain over, as the woman agreed. */
export const takeOver = (as: Signed, womanId: string, today: string) =>
  enter(as, '/api/v1/birth-defect-chain-facilities', {
    ground: 'OWNER',
    womanId,
    on: today,
    hasConsented: true,
  })

import { exactCount, rate } from '../intervals/rules-rates.ts'
import { proportion } from '../intervals/rules-proportions.ts'
import { scaled, unknown, Z95, type Estimate } from '../rules-estimate.ts'

export type EarlyDeaths = {
  liveBirths: number
  /** Deaths under one year, of 0–27 days, of 0–6 days, under five years. */
  infant: number
  neonatal: number
  earlyNeonatal: number
  underFive: number
  /** Fetal deaths from 28 completed weeks. */
  fetal: number
  maternal: number
}

/** Deaths per live births; exact Poisson, since in a county they are mostly fewer than 20. */
function perBirths(deaths: number, births: number, per: number): Estimate {
  return births > 0 ? scaled(exactCount(deaths), per / births) : unknown('exact Poisson 95 %')
}

/** POP-23: infant, neonatal, under-5 and perinatal mortality in ‰, maternal mortality per 100 000 live births. */
export function earlyMortality(deaths: EarlyDeaths): {
  infant: Estimate
  neonatal: Estimate
  underFive: Estimate
  perinatal: Estimate
  maternal: Estimate
} {
  const { liveBirths } = deaths
  return {
    infant: perBirths(deaths.infant, liveBirths, 1000),
    neonatal: perBirths(deaths.neonatal, liveBirths, 1000),
    underFive: perBirths(deaths.underFive, liveBirths, 1000),
    perinatal: scaled(proportion(deaths.fetal + deaths.earlyNeonatal, deaths.fetal + liveBirths), 1000),
    maternal: perBirths(deaths.maternal, liveBirths, 100_000),
  }
}

/** POP-02 and POP-03 per 1 000, Byar; POP-04 as their exact difference, the normal interval of two Poisson counts. */
export function crudeRates(
  births: number,
  deaths: number,
  meanPopulation: number,
): { birth: Estimate; death: Estimate; naturalGrowth: Estimate } {
  const method = 'difference of Poisson counts, normal 95 %'
  const per = 1000 / meanPopulation
  const half = Z95 * Math.sqrt(births + deaths)
  return {
    birth: rate(births, meanPopulation),
    death: rate(deaths, meanPopulation),
    naturalGrowth:
      meanPopulation > 0
        ? {
            value: (births - deaths) * per,
            low: (births - deaths - half) * per,
            high: (births - deaths + half) * per,
            method,
          }
        : unknown(method),
  }
}

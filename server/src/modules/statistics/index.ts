export { scaled, Z95, type Estimate } from './rules-estimate.ts'
export { SMALLEST_DENOMINATOR, smallNumber, type Basis } from './rules-small-numbers.ts'

export { differenceOfProportions, proportion } from './intervals/rules-proportions.ts'
export { count, exactCount, rate, rateRatio } from './intervals/rules-rates.ts'
export {
  differenceOfSexRatios,
  monthlySwings,
  sexesOf,
  sexRatio,
  type Sexes,
} from './intervals/rules-sex-ratio.ts'
export { chapman, unregistered } from './intervals/rules-captures.ts'
export { exactProportion, exactRate, prevalence } from './intervals/rules-exact.ts'
export { weightedRate } from './intervals/rules-weighted-rates.ts'

export {
  ageSpecificFertility,
  generalFertilityRate,
  meanAgeAtChildbearing,
  parityDistribution,
  totalFertility,
} from './fertility/rules-births.ts'
export { meanAge, singulateMeanAge } from './fertility/rules-ages.ts'

export { crudeRates, earlyMortality } from './mortality/rules-rates.ts'
export { expectation, lifeTable, type AgeGroupAtRisk } from './mortality/rules-life-table.ts'
export { directlyStandardised, indirectlyStandardised } from './mortality/rules-standardisation.ts'
export { whoWorldStandard } from './mortality/rules-standard-populations.ts'

export { countChart, sexRatioChart } from './control-charts/rules.ts'
export { cusumChart, cusumDesign, referenceValue, type Cusum } from './cusum/rules.ts'
export { averageRunLength, falseAlarmChance } from './cusum/rules-run-length.ts'
export { temporalScan } from './clusters/rules.ts'
export { rateTrend, trendOfProportions } from './trends/rules.ts'
export { ewmaChart } from './control-charts/rules-ewma.ts'
export { funnel, funnelLimits } from './funnels/rules.ts'

export { myersIndex, weightDigitPreference, whippleIndex } from './age-quality/rules.ts'

export { suppressBreakdowns, suppressSeries, suppressTable } from './suppression/rules.ts'
export { isSmall, publishedRate, type Cell } from './suppression/rules-cells.ts'

export { checkReport } from './report-checks/rules.ts'
export { reportCheckRoutes } from './report-checks/routes.ts'

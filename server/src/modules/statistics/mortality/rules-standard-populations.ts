/** Weights by age group; they need not sum to one. */
export type StandardPopulation = {
  name: string
  nameZh: string
  fromAges: readonly number[]
  weights: readonly number[]
}

/** Ahmad et al. 2001, GPE discussion paper 31, table 4, percent; five-year groups, 85 and older together. */
export const whoWorldStandard: StandardPopulation = {
  name: 'WHO World Standard 2000–2025',
  nameZh: '世界卫生组织 2000–2025 年世界标准人口',
  fromAges: [0, 5, 10, 15, 20, 25, 30, 35, 40, 45, 50, 55, 60, 65, 70, 75, 80, 85],
  weights: [
    8.86, 8.69, 8.6, 8.47, 8.22, 7.93, 7.61, 7.15, 6.59, 6.04, 5.37, 4.55, 3.72, 2.96, 2.21, 1.52, 0.91,
    0.635,
  ],
}

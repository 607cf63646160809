import { rateUnitNames } from '@youyu/shared/subsidies/programme-names'
import type { Programme, Rate } from '@youyu/shared/subsidies/programmes'
import { tierNames, type Tier } from '@youyu/shared/subsidies/shares'
import type { RuleLanguage } from '@youyu/shared/subsidies/sentences'
import { number, yuan } from '../../texts/formats.ts'
import { codeName, inLanguage, language } from '../../texts/texts.ts'

export const speech = (): RuleLanguage => (language() === 'en' ? 'en' : 'zh')

export const programmeName = ({ nameZh, nameEn }: Pick<Programme, 'nameZh' | 'nameEn'>): string =>
  inLanguage([nameZh, nameEn])

/** A level by its name; nothing where there is none. */
export function levelName(programme: Pick<Programme, 'levels'> | undefined, level: string): string {
  const known = programme?.levels.find((each) => each.level === level)
  return known ? inLanguage([known.zh, known.en]) : level
}

/** 80 元/月; 30%. */
export function rateText({ unit, amountFen }: Pick<Rate, 'unit' | 'amountFen'>): string {
  if (unit === 'PCT') return `${number(amountFen / 100)}%`
  return `${yuan(amountFen)} ${codeName(rateUnitNames, unit)}`
}

/** 中央 50% · 省级 30% · 县级 20% */
export function sharesText(shares: readonly { tier: Tier; pct: number }[]): string {
  return shares.map(({ tier, pct }) => `${codeName(tierNames, tier)} ${number(pct)}%`).join(' · ')
}

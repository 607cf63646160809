import { inLanguage } from '../../texts/texts.ts'

/** 城乡分类代码 of the National Bureau of Statistics. */
export const urbanRuralCodes: Record<string, readonly [string, string]> = {
  '111': ['主城区', 'Main urban area'],
  '112': ['城乡结合区', 'Urban fringe'],
  '121': ['镇中心区', 'Town centre'],
  '122': ['镇乡结合区', 'Town fringe'],
  '123': ['特殊区域', 'Special area'],
  '210': ['乡中心区', 'Township centre'],
  '220': ['村庄', 'Village'],
}

export function urbanRuralName(code: string | null): string {
  if (code === null) return '—'
  const pair = urbanRuralCodes[code]
  return pair === undefined ? code : `${code} ${inLanguage(pair)}`
}

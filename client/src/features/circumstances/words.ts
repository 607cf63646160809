import { circumstanceKinds, type CircumstanceKind } from '@youyu/shared/subsidies/circumstance-values'
import { inLanguage } from '../../texts/texts.ts'

export const kindName = (kind: CircumstanceKind) =>
  inLanguage([circumstanceKinds[kind].zh, circumstanceKinds[kind].en])

export const detailName = (kind: CircumstanceKind, detail: string) => {
  const pair = circumstanceKinds[kind].details[detail]
  return pair ? inLanguage(pair) : detail
}
export const kindOptions = () =>
  (Object.keys(circumstanceKinds) as CircumstanceKind[]).map((value) => ({ value, label: kindName(value) }))

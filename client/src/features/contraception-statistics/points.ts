import type { CareEstimate } from '@youyu/shared/contraception/statistics'
import type { ChartPoint } from '../../ui/charts/types.ts'

/** An estimate as a point with its interval; few cases are drawn hollow and said in words. */
export function pointOf({ value, low, high, stability }: CareEstimate, unstable: string): ChartPoint {
  const isSmall = stability === 'UNSTABLE'
  return { value, low, high, isSmall, remark: isSmall ? unstable : undefined }
}

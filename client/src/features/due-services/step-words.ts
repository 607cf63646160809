import type { ProtocolStep } from '@youyu/shared/contraception/protocols'
import type { useTexts } from '../../texts/texts.ts'

type Words = ReturnType<typeof useTexts<'dueServices'>>

function startOf(t: Words, { months, days, percent }: ProtocolStep): string {
  if (percent !== null) return t('protocols.share', { percent })
  const byMonths =
    months > 0
      ? t('protocols.after', { months })
      : months < 0
        ? t('protocols.before', { months: -months })
        : ''
  const byDays = days > 0 ? t('protocols.afterDays', { days }) : ''
  return [byMonths, byDays].filter(Boolean).join(' ') || t('protocols.at')
}

/** When a step is due, in words. */
export function whenOf(t: Words, step: ProtocolStep): string {
  const when = t('protocols.when', { from: startOf(t, step), days: step.windowDays })
  return step.everyMonths === null ? when : when + t('protocols.every', { months: step.everyMonths })
}

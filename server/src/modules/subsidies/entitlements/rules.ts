import type { StopReason, Sums, SuspendReason } from '@youyu/shared/subsidies/beneficiaries'
import { stopReasons, suspendReasons } from '@youyu/shared/subsidies/beneficiaries'
import type { CivilDate, Fen } from '@youyu/shared/values'

export type Sentence = { zh: string; en: string }

/** Domain §5: what a month gets of an amount for a longer period, rounded in the running total; `app.month_part` says the same. */
export function monthPart(
  unit: 'PER_MONTH' | 'PER_QUARTER' | 'PER_YEAR',
  amountFen: Fen,
  month: CivilDate,
): Fen {
  const place = Number(month.slice(5, 7))
  if (unit === 'PER_MONTH') return amountFen
  const months = unit === 'PER_YEAR' ? 12 : 3
  const nth = (place - 1) % months
  const running = (count: number) => Math.floor((2 * amountFen * count + months) / (2 * months))
  return running(nth + 1) - running(nth)
}

/** A stay or a period over several rates: how many days each of them covers (the day of discharge is not paid). */
export function daysByRate<Rate extends { fromOn: CivilDate; toOn: CivilDate | null }>(
  rates: readonly Rate[],
  from: CivilDate,
  until: CivilDate,
): { rate: Rate; days: number }[] {
  return rates
    .map((rate) => {
      const first = from > rate.fromOn ? from : rate.fromOn
      const after = rate.toOn === null || until <= rate.toOn ? until : nextDay(rate.toOn)
      return { rate, days: Math.max(0, daysBetween(first, after)) }
    })
    .filter(({ days }) => days > 0)
}

const DAY = 86_400_000
const daysBetween = (from: CivilDate, to: CivilDate) =>
  Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / DAY)
const nextDay = (day: CivilDate) => new Date(Date.parse(`${day}T00:00:00Z`) + DAY).toISOString().slice(0, 10)

const yuan = (fen: Fen) => (fen / 100).toFixed(2)
const month = (day: CivilDate) => ({
  zh: `${day.slice(0, 4)}年${Number(day.slice(5, 7))}月`,
  en: day.slice(0, 7),
})

export type Story = {
  state: string
  confirmedOn: CivilDate
  fromMonth: CivilDate
  toMonth: CivilDate | null
  stopReason: StopReason | null
  suspendReason: SuspendReason | null
  suspendedFrom: CivilDate | null
  applicationNumber: string | null
  monthFen: Fen
  rateDocument: string | null
  rateFrom: CivilDate | null
  claimedYears: readonly number[] | null
  dueFen: Fen
  overFen: Fen
}

/** Why somebody receives what she receives, in plain sentences. */
export function whyOf(story: Story): Sentence[] {
  const { state, confirmedOn, fromMonth, toMonth, stopReason, suspendReason, suspendedFrom } = story
  const sentences: (Sentence | false)[] = [
    {
      zh: story.applicationNumber
        ? `申请 ${story.applicationNumber} 于 ${confirmedOn} 确认，自${month(fromMonth).zh}起享受`
        : `${confirmedOn} 确认，自${month(fromMonth).zh}起享受`,
      en: `${story.applicationNumber ? `Application ${story.applicationNumber} was confirmed` : 'Confirmed'} on ${confirmedOn}; entitled from ${month(fromMonth).en}`,
    },
    story.claimedYears !== null &&
      story.claimedYears.length > 0 && {
        zh: `已申领年度：${story.claimedYears.join('、')}（每年申领一次）`,
        en: `Claimed for ${story.claimedYears.join(', ')} (it is claimed every year)`,
      },
    state === 'ACTIVE' &&
      story.monthFen > 0 && {
        zh: `本月应享 ${yuan(story.monthFen)} 元${story.rateDocument ? `，标准依据：${story.rateDocument}${story.rateFrom ? `（自 ${story.rateFrom} 起）` : ''}` : ''}`,
        en: `${yuan(story.monthFen)} yuan this month${story.rateDocument ? ` by ${story.rateDocument}${story.rateFrom ? ` (from ${story.rateFrom})` : ''}` : ''}`,
      },
    state === 'SUSPENDED' &&
      suspendedFrom !== null &&
      suspendReason !== null && {
        zh: `自${month(suspendedFrom).zh}起暂停：${suspendReasons[suspendReason][0]}；恢复后补发`,
        en: `Suspended from ${month(suspendedFrom).en}: ${suspendReasons[suspendReason][1]}; paid afterwards once resumed`,
      },
    toMonth !== null &&
      stopReason !== null && {
        zh: `${state === 'ACTIVE' ? '将享受至' : '享受至'}${month(toMonth).zh}：${stopReasons[stopReason][0]}`,
        en: `Last month ${month(toMonth).en}: ${stopReasons[stopReason][1]}`,
      },
    story.dueFen > 0 && {
      zh: `尚有 ${yuan(story.dueFen)} 元待发放，列入下一批名册`,
      en: `${yuan(story.dueFen)} yuan is due and goes into the next roster`,
    },
    story.overFen > 0 && {
      zh: `已发放金额中有 ${yuan(story.overFen)} 元超出应享金额，须按多发程序书面告知、决定后处理，不从其他款项扣抵`,
      en: `${yuan(story.overFen)} yuan was paid beyond what was due; it takes a written notice and decision, and nothing is deducted from other payments`,
    },
  ]
  return sentences.filter((sentence) => sentence !== false)
}

type Money = { month: CivilDate; amountFen: Fen; allocatedFen: Fen; paidFen: Fen; reason: string }

/** The first day of a day's month. */
export function monthOf(day: CivilDate): CivilDate {
  return `${day.slice(0, 7)}-01`
}

export function monthsAfter(month: CivilDate, count: number): CivilDate {
  const number = Number(month.slice(0, 4)) * 12 + Number(month.slice(5, 7)) - 1 + count
  return `${String(Math.floor(number / 12)).padStart(4, '0')}-${String((number % 12) + 1).padStart(2, '0')}-01`
}

/**
 * What months come to. Each stands for itself: what was paid too much of one is never set against what is due of another
 * (E10). Nothing of a suspended month is over: it is only held.
 */
export function sumsOf(months: readonly Money[], today: CivilDate): Sums {
  const present = monthOf(today)
  const sums: Sums = { entitledFen: 0, allocatedFen: 0, paidFen: 0, dueFen: 0, overFen: 0 }
  for (const { month, amountFen, allocatedFen, paidFen, reason } of months) {
    if (month <= present) {
      sums.entitledFen += amountFen
      sums.dueFen += Math.max(0, amountFen - allocatedFen)
    }
    sums.allocatedFen += allocatedFen
    sums.paidFen += paidFen
    if (reason !== 'SUSPENDED') sums.overFen += Math.max(0, paidFen - amountFen)
  }
  return sums
}

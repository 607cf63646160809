import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { effectScope, nextTick, ref } from 'vue'
import { useRevealed } from './reveal.ts'

const now = new Date('2026-11-20T02:00:00Z')
const inMinutes = (minutes: number) => new Date(now.getTime() + minutes * 60_000).toISOString()

describe('revealed values', () => {
  beforeEach(() => vi.useFakeTimers({ now }))
  afterEach(() => vi.useRealTimers())

  function reveal(person = ref('a')) {
    const scope = effectScope()
    const revealed = scope.run(() => useRevealed(() => person.value))
    if (!revealed) throw new Error('no scope')
    return { revealed, person, scope }
  }

  it('vanish when their time is up, one by one', () => {
    const { revealed } = reveal()
    revealed.show({ phone: '13800000000' }, inMinutes(5))
    revealed.show({ idNumber: '991521199001010025' }, inMinutes(15))

    vi.advanceTimersByTime(5 * 60_000)

    expect(revealed.valueOf('phone')).toBeNull()
    expect(revealed.valueOf('idNumber')).toBe('991521199001010025')
    expect(revealed.countdown.value).toBe('10:00')
    vi.advanceTimersByTime(10 * 60_000)
    expect(revealed.valueOf('idNumber')).toBeNull()
    expect(revealed.isShowing.value).toBe(false)
  })

  it('are gone after a machine slept through the end', () => {
    const { revealed } = reveal()
    revealed.show({ phone: '13800000000' }, inMinutes(15))

    vi.setSystemTime(now.getTime() + 60 * 60_000)
    document.dispatchEvent(new Event('visibilitychange'))

    expect(revealed.valueOf('phone')).toBeNull()
  })

  it.each([
    ['behind', inMinutes(-30)],
    ['ahead', inMinutes(120)],
  ])('last fifteen minutes where the server’s clock is %s', (_, expiresAt) => {
    const { revealed } = reveal()

    revealed.show({ phone: '13800000000' }, expiresAt)

    expect(revealed.countdown.value).toBe('15:00')
    vi.advanceTimersByTime(15 * 60_000)
    expect(revealed.valueOf('phone')).toBeNull()
  })

  it('do not follow to the next person, nor stay behind the page', async () => {
    const { revealed, person, scope } = reveal()
    revealed.show({ phone: '13800000000' }, inMinutes(15))

    person.value = 'b'
    await nextTick()

    expect(revealed.valueOf('phone')).toBeNull()
    revealed.show({ phone: '13900000000' }, inMinutes(15))
    scope.stop()
    expect(vi.getTimerCount()).toBe(0)
  })
})

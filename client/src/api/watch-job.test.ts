import { describe, expect, it } from 'vitest'
import { splitEvents } from './watch-job.ts'

describe('an event stream', () => {
  it('yields complete events only', () => {
    const { events, rest } = splitEvents(
      'data: {"a":1}\n\n: still here\n\nevent: job\r\ndata: {"a":2}\r\n\r\ndata: {"a"',
    )

    expect(events).toEqual(['{"a":1}', '{"a":2}'])
    expect(rest).toBe('data: {"a"')
  })
})

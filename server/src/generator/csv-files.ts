import { once } from 'node:events'
import { createWriteStream } from 'node:fs'
import { finished } from 'node:stream/promises'
import { encodeGb18030 } from './gb18030.ts'

export const encodings = ['utf-8', 'gb18030'] as const
export type Encoding = (typeof encodings)[number]

type CsvFile = {
  /** Waits while the disk is slower than we are. */
  write: (cells: readonly string[]) => Promise<void> | undefined
  close: () => Promise<void>
}

const chunkLength = 1 << 18

/** Own lines instead of csv-stringify: eight million cells a county, three times as fast. */
export function openCsv(path: string, encoding: Encoding): CsvFile {
  const stream = createWriteStream(path)
  const failure = finished(stream)
  failure.catch(() => undefined)
  let waiting = ''

  async function flush(): Promise<void> {
    const bytes = encoding === 'gb18030' ? encodeGb18030(waiting) : Buffer.from(waiting)
    waiting = ''
    if (!stream.write(bytes)) await Promise.race([once(stream, 'drain'), failure])
  }

  return {
    write(cells) {
      waiting += `${cells.map(quoted).join(',')}\n`
      return waiting.length >= chunkLength ? flush() : undefined
    },
    async close() {
      await flush()
      stream.end()
      await failure
    },
  }
}

function quoted(cell: string): string {
  return /[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell
}

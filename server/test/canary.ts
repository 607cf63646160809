import { execFileSync } from 'node:child_process'
import { rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { checkCharacter } from '@youyu/shared/population/identity-number'

/** 1,000 by CANARIES=1000. */
const COUNT = Number(process.env['CANARIES'] ?? 100)
const run = String(100 + Math.floor(Math.random() * 900))

/** Numbers, phones, names and addresses that stand nowhere else. */
export const canaries = Array.from({ length: COUNT }, (_, index) => {
  const digits = `990${run}19880808${String((index % 500) * 2).padStart(3, '0')}`
  const township = String(Math.floor(index / 500))
  const body = `99${township}${digits.slice(3)}`
  return {
    idNumber: body + checkCharacter(body),
    phone: `177${run}${String(10_000 + index)}`,
    name: `司徒金丝${String.fromCodePoint(0x4e00 + index)}`,
    address: `金丝雀巷${run}${index}号`,
  }
})
/** Files below a folder that hold one of the texts; files that vanish meanwhile are no matter. */
export function filesWith(folder: string, texts: string[]): string[] {
  const list = join(tmpdir(), `youyu-canary-list-${process.pid}`)
  writeFileSync(list, texts.join('\n'))
  try {
    return execFileSync('grep', ['-rlaF', '-s', '-f', list, folder], {
      encoding: 'utf8',
      env: { ...process.env, LC_ALL: 'C' },
      maxBuffer: 1e8,
    })
      .trim()
      .split('\n')
  } catch (error) {
    return (error as { stdout: string }).stdout.split('\n').filter(Boolean)
  } finally {
    rmSync(list)
  }
}

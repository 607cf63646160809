import { mkdir, readdir, readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Bank } from './bank.ts'

/** The batch a file is for: its number is in the file's name. */
const batchIn = (name: string) => /B\d{10,16}/.exec(name)?.[0]

/** One look at the exchange folder: what lies in `out` is taken, what is answered goes to `in`, whole. */
export async function lookIntoFolder(bank: Bank, root: string, answered: Set<string>): Promise<void> {
  const [out, incoming] = [join(root, 'out'), join(root, 'in')]
  await Promise.all([out, incoming].map((directory) => mkdir(directory, { recursive: true })))
  for (const name of await readdir(out)) {
    const batch = name.startsWith('.') ? undefined : batchIn(name)
    if (!batch) continue
    bank.receive(batch, await readFile(join(out, name)))
    for (const { name: answer, content } of bank.returns(batch)) {
      if (answered.has(answer)) continue
      const draft = join(incoming, `.${answer}.part`)
      await writeFile(draft, content)
      await rename(draft, join(incoming, answer))
      answered.add(answer)
    }
  }
}

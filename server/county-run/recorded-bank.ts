import type { Bank } from '../src/bank-simulator/bank.ts'

/** The bank, and every file it was ever sent, by batch number. */
export function keepingFiles(bank: Bank): Bank & { files: Map<string, string> } {
  const files = new Map<string, string>()
  return {
    ...{ ...bank, files },
    receive(batchNumber, file) {
      files.set(batchNumber, (files.get(batchNumber) ?? '') + file.toString())
      return bank.receive(batchNumber, file)
    },
  }
}

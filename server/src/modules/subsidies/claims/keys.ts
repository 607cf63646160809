import { createHmac } from 'node:crypto'

/** What is known of a claimant when her keys are made. */
export type Claimant = {
  idNumber: string | null
  namePinyin: string
  birthDate: string
  sex: string
  kinNumber: string | null
}
export type Keys = { number: Buffer | null; name: Buffer; kin: Buffer | null }

/** Of an identity number. */
export const numberKeyOf = (number: string, salt: Buffer): Buffer =>
  createHmac('sha256', salt).update(number.toUpperCase()).digest()

/** Keyed hashes under the national salt: equal for equal people, and nothing can be read from them. */
export function keysOf({ idNumber, namePinyin, birthDate, sex, kinNumber }: Claimant, salt: Buffer): Keys {
  const hash = (text: string) => createHmac('sha256', salt).update(text).digest()
  const numberKey = (number: string | null) => (number === null ? null : hash(number.toUpperCase()))
  return {
    number: numberKey(idNumber),
    name: hash(`name ${namePinyin.toLowerCase().replaceAll(/[^a-z]/g, '')} ${birthDate} ${sex}`),
    kin: numberKey(kinNumber),
  }
}

/** A count of one to four could name somebody (domain §9.5). */
export function withheld(count: number): number | null {
  return count >= 1 && count <= 4 ? null : count
}

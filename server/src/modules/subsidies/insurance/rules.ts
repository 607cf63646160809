/** The whole yuan and fen of one head, for the eye; the persons' shares sum to the premium. */
export function perHead(premiumFen: number, heads: number): number {
  return heads === 0 ? 0 : Math.floor(premiumFen / heads)
}

/** The lower bound of a range is not above its upper one. */
export function areInOrder(range: string): boolean {
  const [low, high] = range.slice(1, -1).split(',')
  return !low || !high || Number(low) <= Number(high)
}

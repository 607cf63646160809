/** Rows of what is known, kept in echelon form: whatever is a combination of them can be worked out. */
export class Knowledge {
  readonly rows = new Map<number, Float64Array>()

  /** What of a row is not known yet, and where that begins. */
  private reduced(row: Float64Array): number {
    for (let column = 0; column < row.length; column += 1) {
      const factor = row[column]!
      if (Math.abs(factor) < 1e-9) continue
      const known = this.rows.get(column)
      if (!known) return column
      for (let each = column; each < row.length; each += 1) row[each]! -= factor * known[each]!
    }
    return -1
  }

  learn(row: Float64Array): void {
    const lead = this.reduced(row)
    if (lead < 0) return
    const factor = row[lead]!
    this.rows.set(
      lead,
      row.map((entry) => entry / factor),
    )
  }

  derives(row: Float64Array): boolean {
    return this.reduced(row) < 0
  }
}

/** What the fields of a version are called; one without a name is not asked for. */
export type VersionLabels = { effectiveFrom: string; reason: string } & Partial<
  Record<'nameZh' | 'nameEn' | 'reviewer' | 'reviewedOn' | 'source', string>
>

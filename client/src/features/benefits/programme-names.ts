import { listProgrammes } from '@youyu/shared/subsidies/programmes'
import { useRead } from '../../api/queries.ts'
import { may } from '../../api/session.ts'
import { levelName, programmeName } from './words.ts'

/** The programmes by their codes, for lists that carry codes alone. */
export function useProgrammeNames() {
  const { data } = useRead(listProgrammes, () => (may('programme.read') ? { querystring: {} } : null), {
    staleTime: 600_000,
  })
  const found = (code: string) => data.value?.items.find((programme) => programme.code === code)
  return {
    nameOf: (code: string): string => {
      const programme = found(code)
      return programme ? programmeName(programme) : code
    },
    levelOf: (code: string, level: string): string => (level === '' ? '—' : levelName(found(code), level)),
    /** Those of a kind, to choose from. */
    options: (wanted: (programme: NonNullable<ReturnType<typeof found>>) => boolean = () => true) =>
      (data.value?.items ?? []).filter(wanted).map((programme) => ({
        value: programme.code,
        label: `${programme.code} ${programmeName(programme)}`,
      })),
  }
}

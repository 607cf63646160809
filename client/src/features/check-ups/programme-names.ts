import { listCheckProgrammes } from '@youyu/shared/contraception/programmes'
import { useRead } from '../../api/queries.ts'

/** Names of programmes by their codes, in both languages. */
export function programmeName(): (code: string | null) => readonly [string, string] {
  const { data } = useRead(listCheckProgrammes, () => ({ querystring: {} }), { staleTime: 600_000 })
  return (code) => {
    const found = data.value?.items.find((programme) => programme.code === code)
    return found ? [found.nameZh, found.nameEn] : [code ?? '—', code ?? '—']
  }
}

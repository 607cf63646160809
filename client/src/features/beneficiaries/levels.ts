import { listProgrammes } from '@youyu/shared/subsidies/programmes'
import { computed } from 'vue'
import { useRead } from '../../api/queries.ts'
import { inLanguage } from '../../texts/texts.ts'

/** The levels of a programme, to choose from. */
export function useLevels(programme: string) {
  const { data } = useRead(listProgrammes, () => ({ querystring: {} }), { staleTime: 600_000 })
  return computed(() => {
    const found = data.value?.items.find(({ code }) => code === programme)
    return (found?.levels ?? []).map(({ level, zh, en }) => ({ value: level, label: inLanguage([zh, en]) }))
  })
}

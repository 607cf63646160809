import { computed } from 'vue'
import { listProgrammes } from '@youyu/shared/subsidies/programmes'
import { inLanguage } from '../texts/texts.ts'
import { useRead } from './queries.ts'
import { may } from './session.ts'

/** Programmes by their code: what they are called, and the choices of a select. */
export function useProgrammeNames() {
  const { data } = useRead(listProgrammes, () => (may('programme.read') ? { querystring: {} } : null), {
    staleTime: 600_000,
  })
  const names = computed(
    () =>
      new Map((data.value?.items ?? []).map((each) => [each.code, inLanguage([each.nameZh, each.nameEn])])),
  )
  const nameOf = (code: string): string => names.value.get(code) ?? code
  const options = computed(() =>
    [...names.value].map(([value, name]) => ({ value, label: `${value} ${name}` })),
  )
  return { nameOf, options }
}

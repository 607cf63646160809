import { getClient, searchClients } from '@youyu/shared/contraception/clients'
import type { ClientRow } from '@youyu/shared/contraception/clients'
import { call } from '../../api/call.ts'
import { useTexts } from '../../texts/texts.ts'

/** Finds the woman as a counter finds a client. */
export function usePicking() {
  const t = useTexts('prenatal')
  return {
    find: async (q: string, signal: AbortSignal) =>
      (await call(searchClients, { querystring: { q } }, { signal })).items.filter(
        ({ sex }) => sex !== '1',
      ) as ClientRow[],
    nameById: async (id: string) => (await call(getClient, { params: { id } })).name,
    nameOf: (client: ClientRow) => client.name,
    particularsOf: (client: ClientRow) => `${client.birthDate} ${client.residence.name}`,
    label: t('woman'),
    placeholder: t('womanHint'),
    none: t('nobody'),
    icon: 'person' as const,
  }
}

/** 123 days → 17+4 weeks. */
export function useGestation(): (days: number | null) => string {
  const t = useTexts('prenatal')
  return (days) => (days === null ? '—' : t('days', { weeks: Math.floor(days / 7), days: days % 7 }))
}

/** What a form holds, without what is blank; numbers where the key is one of these. */
export function filled(
  values: Record<string, unknown>,
  numbers: readonly string[] = [],
): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(values)
      .filter(([, value]) => value !== '' && value !== null && value !== undefined)
      .map(([key, value]) => [key, numbers.includes(key) ? Number(value) : value]),
  )
}

export const resultKinds = { LOW: 'good', CRITICAL: 'warn', HIGH: 'bad', NO_CALL: 'note' } as const

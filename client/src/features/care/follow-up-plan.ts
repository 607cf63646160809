import { computed } from 'vue'
import { followUpModeNames, listFollowUpProtocols } from '@youyu/shared/contraception/protocols'
import { useRead } from '../../api/queries.ts'
import { codeName, inLanguage } from '../../texts/texts.ts'
import { dayAfter } from './days.ts'
import { useEncounter } from './encounter-room.ts'

/** What the protocol offers after the method begun today; the server plans it when this is saved. */
export function usePlan() {
  const { draft } = useEncounter()
  const { data: protocols } = useRead(listFollowUpProtocols, () => ({ querystring: {} }))
  return computed(() => {
    const { procedure, episode, occurredOn } = draft
    const isDone = procedure.do === 'PERFORM'
    const method = isDone ? procedure.method : episode.do === 'START' ? episode.method : ''
    const type = isDone ? procedure.type : ''
    if ((!method && !type) || !occurredOn) return []
    return (protocols.value?.items ?? [])
      .filter(({ isActive }) => isActive)
      .filter(
        ({ trigger, items }) =>
          (trigger === 'EPISODE' && items.includes(method)) ||
          (trigger === 'PROCEDURE' && items.includes(type)),
      )
      .flatMap(({ steps }) => steps)
      .filter(({ months, days }) => months >= 0 && days >= 0 && months <= 24)
      .map((step) => ({
        key: step.step,
        name: inLanguage([step.nameZh, step.nameEn]),
        on: dayAfter(occurredOn, step.months, step.days),
        mode: codeName(followUpModeNames, step.mode),
      }))
      .sort((one, other) => one.on.localeCompare(other.on))
  })
}

import { mecTopics } from '@youyu/shared/contraception/mec-editions'
import type { MecCondition, MecTopic } from '@youyu/shared/contraception/mec-editions'

export type Question = { finding: string; zh: string; en: string; family: string | null }

/** What is asked, by topic, each question once; what follows from age or dates is not asked. */
export function questionsOf(conditions: readonly MecCondition[]): { topic: MecTopic; items: Question[] }[] {
  const topics = new Map<MecTopic, Map<string, Question>>()
  for (const condition of [...conditions].sort((one, other) => one.position - other.position)) {
    const { finding, topic, family } = condition
    if (finding === null) continue
    const items = topics.get(topic) ?? new Map<string, Question>()
    topics.set(topic, items)
    const known = items.get(finding)
    if (known && !(condition.questionZh && condition.code === finding)) continue
    items.set(finding, {
      finding,
      family,
      zh: condition.questionZh ?? condition.nameZh,
      en: condition.questionEn ?? condition.nameEn,
    })
  }
  return (Object.keys(mecTopics) as MecTopic[]).flatMap((topic) => {
    const items = topics.get(topic)
    return items ? [{ topic, items: [...items.values()] }] : []
  })
}

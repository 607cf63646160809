import { computed, reactive, ref, shallowRef } from 'vue'
import { getDivision, listDivisions } from '@youyu/shared/divisions'
import type { Division } from '@youyu/shared/divisions'
import { call } from '../api/call.ts'
import { currentUser } from '../api/session.ts'

export type DivisionNode = { division: Division; depth: number }

/** Divisions fetched as they are unfolded, or found by name, pinyin or code. */
export function useDivisionTree(
  root: () => string | undefined,
  maxLevel: () => number,
  /** The tree as it was on a civil date; default today. */
  asOf: () => string | undefined = () => undefined,
) {
  const children = reactive(new Map<string, Division[]>())
  const unfolded = reactive(new Set<string>())
  const top = shallowRef<Division[]>([])
  const hits = shallowRef<Division[] | null>(null)
  const isLoading = ref(false)
  let asked = new AbortController()

  async function during<Result>(work: Promise<Result>): Promise<Result> {
    isLoading.value = true
    try {
      return await work
    } finally {
      isLoading.value = false
    }
  }

  async function load(): Promise<void> {
    const code = root()
    if (top.value.length > 0) return
    if (code === undefined) {
      top.value = (
        await during(call(listDivisions, { querystring: { parent: 'root', limit: 1000, asOf: asOf() } }))
      ).items
      await unfoldTo(currentUser.value?.division?.code)
      return
    }
    const division = await during(call(getDivision, { params: { code }, querystring: { asOf: asOf() } }))
    top.value = [division]
    await unfold(division)
  }

  /** In the whole country one's own area is open already. */
  async function unfoldTo(code: string | undefined): Promise<void> {
    if (code === undefined) return
    const { path } = await during(call(getDivision, { params: { code }, querystring: { asOf: asOf() } }))
    const listed = await Promise.all(
      path.map((step) =>
        during(call(listDivisions, { querystring: { parent: step.code, limit: 1000, asOf: asOf() } })),
      ),
    )
    path.forEach((step, index) => {
      children.set(step.code, listed[index]?.items ?? [])
      unfolded.add(step.code)
    })
  }

  async function unfold(division: Division): Promise<void> {
    if (!mayUnfold(division)) return
    unfolded.add(division.code)
    if (children.has(division.code)) return
    const answer = await during(
      call(listDivisions, { querystring: { parent: division.code, limit: 1000, asOf: asOf() } }),
    )
    children.set(division.code, answer.items)
  }

  const mayUnfold = (division: Division) => division.hasChildren && division.level < maxLevel()

  async function find(words: string): Promise<void> {
    asked.abort()
    if (words === '') {
      hits.value = null
      return
    }
    asked = new AbortController()
    const { signal } = asked
    const under = root()
    const querystring = { q: words, limit: 30, asOf: asOf(), ...(under === undefined ? {} : { under }) }
    const answer = await during(call(listDivisions, { querystring }, { signal })).catch((error: unknown) => {
      if (signal.aborted) return null
      throw error
    })
    if (answer) hits.value = answer.items.filter((division) => division.level <= maxLevel())
  }

  function below(divisions: readonly Division[], depth: number): DivisionNode[] {
    return divisions.flatMap((division) => [
      { division, depth },
      ...(unfolded.has(division.code) ? below(children.get(division.code) ?? [], depth + 1) : []),
    ])
  }

  return {
    nodes: computed<DivisionNode[]>(() =>
      hits.value === null ? below(top.value, 0) : hits.value.map((division) => ({ division, depth: 0 })),
    ),
    isSearching: computed(() => hits.value !== null),
    isLoading,
    load,
    find,
    unfold,
    fold: (division: Division) => unfolded.delete(division.code),
    isUnfolded: (division: Division) => unfolded.has(division.code),
    mayUnfold,
  }
}

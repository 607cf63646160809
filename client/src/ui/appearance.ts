import { reactive, watch } from 'vue'
import type { Language } from '../api/problem.ts'

/** Kept on the device, nothing personal; public/appearance.js applies it before the first paint. */
const key = 'youyu.appearance'

export type Appearance = {
  theme: 'auto' | 'light' | 'dark'
  type: 'normal' | 'large'
  language: Language
  rail: boolean
}

function kept(): Partial<Appearance> {
  try {
    return JSON.parse(localStorage.getItem(key) ?? '{}') as Partial<Appearance>
  } catch {
    return {}
  }
}

export const appearance = reactive<Appearance>({
  theme: 'auto',
  type: 'normal',
  language: 'zh-CN',
  rail: false,
  ...kept(),
})

watch(
  appearance,
  () => {
    const root = document.documentElement
    if (appearance.theme === 'auto') delete root.dataset['theme']
    else root.dataset['theme'] = appearance.theme
    if (appearance.type === 'large') root.dataset['type'] = 'large'
    else delete root.dataset['type']
    localStorage.setItem(key, JSON.stringify(appearance))
  },
  { immediate: true },
)

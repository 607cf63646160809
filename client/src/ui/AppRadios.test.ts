import { fireEvent, screen } from '@testing-library/vue'
import { defineComponent, h, ref } from 'vue'
import { expect, it } from 'vitest'
import AppField from './AppField.vue'
import AppRadios from './AppRadios.vue'
import { renderApp } from './testing.ts'

const options = [
  { value: 'yes', label: '同意' },
  { value: 'no', label: '不同意' },
]

it('names the answers by their question, and a click on the question chooses none of them', async () => {
  const answer = ref<string | null>('')
  const question = defineComponent(
    () => () =>
      h(AppField, { label: '家长是否同意' }, () =>
        h(AppRadios, {
          options,
          modelValue: answer.value,
          'onUpdate:modelValue': (v) => (answer.value = v ?? ''),
        }),
      ),
  )
  await renderApp(question)

  await fireEvent.click(screen.getByText('家长是否同意'))

  expect(answer.value).toBe('')
  expect(document.activeElement).toBe(
    screen.getByRole('radiogroup', { name: '家长是否同意' }).querySelector('input'),
  )
  await fireEvent.click(screen.getByText('同意'))
  expect(answer.value).toBe('yes')
})

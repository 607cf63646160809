import { fireEvent, screen, waitFor } from '@testing-library/vue'
import { defineComponent, h } from 'vue'
import { describe, expect, it, vi } from 'vitest'
import { z } from 'zod'
import { ApiProblem } from '../api/problem.ts'
import type { Problem } from '@youyu/shared/errors'
import AppField from './AppField.vue'
import AppForm from './AppForm.vue'
import AppInput from './AppInput.vue'
import { problem, renderApp } from './testing.ts'
import { useZodForm } from './useZodForm.ts'

const Entry = z.strictObject({
  name: z.string().trim().min(1).max(5),
  phone: z.string().regex(/^\d+$/).nullable(),
  note: z.string().optional(),
})

type Submit = (values: z.output<typeof Entry>, send: { idempotencyKey: string }) => Promise<unknown>

function entryForm(submit: Submit) {
  return defineComponent(() => {
    const form = useZodForm({ schema: Entry, initial: { name: '', phone: '', note: '' }, submit })
    const field = (name: string, label: string) =>
      h(AppField, { name, label }, () =>
        h(AppInput, {
          modelValue: form.values[name],
          'onUpdate:modelValue': (value: unknown) => (form.values[name] = value),
        }),
      )
    return () =>
      h(AppForm, { form, submitLabel: '登记' }, () => [field('name', '姓名'), field('phone', '电话')])
  })
}

const name = () => screen.getByLabelText('姓名')
const send = () => fireEvent.click(screen.getByRole('button', { name: '登记' }))

describe('a form', () => {
  it('checks a field when it is left, in the words of the office', async () => {
    await renderApp(entryForm(vi.fn()))

    await fireEvent.update(name(), '一二三四五六')
    await fireEvent.focusOut(name())

    expect(screen.getByText('不能超过 5 个字符')).toBeTruthy()
    expect(name().getAttribute('aria-invalid')).toBe('true')
    expect(name().getAttribute('aria-describedby')).toContain('error')
  })

  it('moves the focus to a summary that leads to the field', async () => {
    const submit = vi.fn()
    await renderApp(entryForm(submit))

    await send()

    const link = await screen.findByRole('link', { name: '姓名：此项必填' })
    expect(document.activeElement).toBe(screen.getByRole('alert'))
    await fireEvent.click(link)
    expect(document.activeElement).toBe(name())
    expect(submit).not.toHaveBeenCalled()
  })

  it('sends blank fields as absent, or null where only that is allowed', async () => {
    const submit = vi.fn<Submit>().mockResolvedValue(null)
    await renderApp(entryForm(submit))
    await fireEvent.update(name(), ' 张三 ')

    await send()

    expect(submit.mock.calls[0]?.[0]).toEqual({ name: '张三', phone: null })
  })

  it('shows what the server refused at the field it names', async () => {
    const refused = problem('id-number-taken', 409, [{ pointer: '/name', code: 'already-exists' }])
    await renderApp(
      entryForm(vi.fn<Submit>().mockRejectedValue(new ApiProblem(409, refused as unknown as Problem))),
    )
    await fireEvent.update(name(), '张三')

    await send()

    expect(await screen.findByRole('link', { name: /姓名：.*的说明/ })).toBeTruthy()
  })

  it('keeps its key while the same content is sent again, and takes another for other content', async () => {
    const submit = vi.fn<Submit>().mockRejectedValue(new ApiProblem(0, null))
    await renderApp(entryForm(submit))
    const button = () => screen.getByRole('button', { name: '登记' })
    await fireEvent.update(name(), '张三')

    for (const round of [1, 2, 3]) {
      if (round === 3) await fireEvent.update(name(), '李四')
      await send()
      await waitFor(() => expect(submit).toHaveBeenCalledTimes(round))
      await waitFor(() => expect(button().getAttribute('aria-busy')).toBeNull())
    }

    const [first, second, third] = submit.mock.calls.map(([, { idempotencyKey }]) => idempotencyKey)
    expect(second).toBe(first)
    expect(third).not.toBe(first)
  })
})

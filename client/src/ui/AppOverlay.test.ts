import { fireEvent, screen } from '@testing-library/vue'
import { defineComponent, h, nextTick, ref } from 'vue'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import AppDialog from './AppDialog.vue'
import AppField from './AppField.vue'
import AppForm from './AppForm.vue'
import AppInput from './AppInput.vue'
import { renderApp } from './testing.ts'
import { useZodForm } from './useZodForm.ts'

const field = (label: string, values: Record<string, unknown>, name: string) =>
  h(AppField, { name, label }, () =>
    h(AppInput, {
      modelValue: values[name] as string,
      'onUpdate:modelValue': (value: unknown) => (values[name] = value),
    }),
  )

/** A dialog with a form, a loose control and a search in it, opened by its button. */
async function openDialog() {
  const isOpen = ref(false)
  const Inside = defineComponent(() => {
    const form = useZodForm({
      schema: z.strictObject({ reason: z.string().min(1) }),
      initial: { reason: '' },
      submit: () => Promise.resolve(),
      done: () => (isOpen.value = false),
    })
    const loose = ref<Record<string, unknown>>({ note: '', words: '' })
    return () => [
      h(AppForm, { form, cancel: true, onCancel: () => (isOpen.value = false) }, () =>
        field('理由', form.values, 'reason'),
      ),
      field('备注', loose.value, 'note'),
      h('div', { 'data-unsent': 'false' }, field('搜索', loose.value, 'words')),
    ]
  })
  await renderApp(
    defineComponent(() => () => [
      h('button', { onClick: () => (isOpen.value = true) }, '登记'),
      h(
        AppDialog,
        {
          title: '登记理由',
          open: isOpen.value,
          'onUpdate:open': (value: boolean) => (isOpen.value = value),
        },
        () => h(Inside),
      ),
    ]),
  )
  screen.getByRole('button', { name: '登记' }).focus()
  await fireEvent.click(screen.getByRole('button', { name: '登记' }))
  await nextTick()
}

const dialog = () => screen.queryByRole('dialog', { name: '登记理由' })
const question = () => screen.queryByRole('alertdialog')
const press = (name: string) => fireEvent.click(screen.getByRole('button', { name }))

async function type(label: string, words: string) {
  screen.getByLabelText(label).focus()
  await fireEvent.update(screen.getByLabelText(label), words)
}

const ways: [string, () => Promise<unknown>][] = [
  ['Escape', () => fireEvent.keyDown(document.activeElement!, { key: 'Escape' })],
  ['the backdrop', () => fireEvent.mouseDown(dialog()!.parentElement!)],
  ['the cross', () => press('关闭')],
  ['Cancel', () => press('取消')],
]

describe('a dialog', () => {
  it.each(ways)('closes by %s without asking where nothing was typed', async (_way, close) => {
    await openDialog()

    await close()

    expect(dialog()).toBeNull()
    expect(document.activeElement).toBe(screen.getByRole('button', { name: '登记' }))
  })

  it.each(ways)('asks when it is left by %s with something typed', async (_way, close) => {
    await openDialog()
    await type('理由', '信息有误')

    await close()

    expect(question()?.textContent).toContain('填写的内容还没有提交，确定放弃吗？')
    expect(document.activeElement?.textContent).toContain('继续填写')
  })

  it('goes on where one was, with all that was typed', async () => {
    await openDialog()
    await type('理由', '信息有误')
    await fireEvent.keyDown(screen.getByLabelText('理由'), { key: 'Escape' })

    await press('继续填写')
    await nextTick()

    expect(question()).toBeNull()
    expect(document.activeElement).toBe(screen.getByLabelText('理由'))
    expect(screen.getByLabelText<HTMLInputElement>('理由').value).toBe('信息有误')
  })

  it('takes a second Escape for no', async () => {
    await openDialog()
    await type('理由', '信息有误')
    await fireEvent.keyDown(screen.getByLabelText('理由'), { key: 'Escape' })

    await fireEvent.keyDown(document.activeElement!, { key: 'Escape' })
    await nextTick()

    expect(question()).toBeNull()
    expect(document.activeElement).toBe(screen.getByLabelText('理由'))
  })

  it.each([
    ['Escape', ways[0]![1]],
    ['Cancel', ways[3]![1]],
  ])('is thrown away when that is agreed to after %s', async (_way, close) => {
    await openDialog()
    await type('理由', '信息有误')
    await close()

    await press('放弃填写')
    await nextTick()

    expect(dialog()).toBeNull()
    expect(document.activeElement).toBe(screen.getByRole('button', { name: '登记' }))
  })

  it('asks about a control outside of a form too', async () => {
    await openDialog()
    await type('备注', '电话不通')

    await press('关闭')

    expect(question()).toBeTruthy()
  })

  it.each([
    ['in a search', '搜索', ['张']],
    ['and taken back in a form', '理由', ['信', '']],
    ['and taken back in a control', '备注', ['电', '']],
  ])('does not ask about what was typed %s', async (_what, label, typed) => {
    await openDialog()
    for (const words of typed) await type(label, words)

    await press('关闭')

    expect(dialog()).toBeNull()
  })

  it('does not ask about what has served its purpose meanwhile', async () => {
    await openDialog()
    await type('备注', '核对身份')
    screen.getByLabelText('备注').parentElement!.setAttribute('data-unsent', 'false')

    await press('关闭')

    expect(dialog()).toBeNull()
  })

  it('closes without asking after it was sent', async () => {
    await openDialog()
    await type('理由', '信息有误')

    await press('保存')
    await nextTick()

    expect(dialog()).toBeNull()
    expect(question()).toBeNull()
  })
})

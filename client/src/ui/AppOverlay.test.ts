import { fireEvent, screen, waitFor } from '@testing-library/vue'
import { defineComponent, h, nextTick, ref } from 'vue'
import type { Router } from 'vue-router'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import AppDialog from './AppDialog.vue'
import AppField from './AppField.vue'
import AppForm from './AppForm.vue'
import AppInput from './AppInput.vue'
import DateField from './DateField.vue'
import { renderApp } from './testing.ts'
import { useZodForm } from './useZodForm.ts'

const field = (label: string, values: Record<string, unknown>, name: string) =>
  h(AppField, { name, label }, () =>
    h(AppInput, {
      modelValue: values[name] as string,
      'onUpdate:modelValue': (value: unknown) => (values[name] = value),
    }),
  )

const blank = { template: '' }
const routes = [
  { path: '/', component: blank },
  { path: '/people', component: blank },
  { path: '/sign-in', component: blank, meta: { bare: true } },
]

/** A dialog with a form, loose controls and a search in it, opened by its button on a page that is not the first. */
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
  const { router } = await renderApp(
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
    { routes },
  )
  await router.push('/people?of=all')
  await router.push('/people')
  screen.getByRole('button', { name: '登记' }).focus()
  await fireEvent.click(screen.getByRole('button', { name: '登记' }))
  await nextTick()
  return router
}

const dialog = () => screen.queryByRole('dialog', { name: '登记理由' })
const question = () => screen.queryByRole('alertdialog')
/** What was started has come to its end: a navigation, and what is drawn after it. */
const settled = () => new Promise((resolve) => setTimeout(resolve, 20))
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

describe('a dialog on a page that is left', () => {
  const ways: [string, (router: Router) => void, string][] = [
    ['to an earlier page', (router) => router.go(-2), '/'],
    ['for the same one as it was before', (router) => router.back(), '/people?of=all'],
    ['by a link', (router) => void router.push('/'), '/'],
  ]

  it.each(ways)('does not ask where nothing was typed: %s', async (_way, go, there) => {
    const router = await openDialog()

    go(router)

    await waitFor(() => expect(router.currentRoute.value.fullPath).toBe(there))
    expect(question()).toBeNull()
  })

  it.each(ways)('asks first, and stays where one goes on: %s', async (_way, go) => {
    const router = await openDialog()
    await type('理由', '信息有误')

    go(router)
    await waitFor(() => expect(document.activeElement?.textContent).toContain('继续填写'))
    await press('继续填写')
    await settled()

    expect(router.options.history.location).toBe('/people')
    expect(router.currentRoute.value.fullPath).toBe('/people')
    expect(document.activeElement).toBe(screen.getByLabelText('理由'))
    expect(screen.getByLabelText<HTMLInputElement>('理由').value).toBe('信息有误')
  })

  it.each(ways)('is thrown away with what was typed when that is agreed to: %s', async (_way, go, there) => {
    const router = await openDialog()
    await type('备注', '电话不通')

    go(router)
    await waitFor(() => expect(question()).toBeTruthy())
    await press('放弃填写')

    await waitFor(() => expect(dialog()).toBeNull())
    expect(router.currentRoute.value.fullPath).toBe(there)
  })

  it('asks once where one steps back twice', async () => {
    const router = await openDialog()
    await type('理由', '信息有误')

    router.back()
    router.back()
    await waitFor(() => expect(question()).toBeTruthy())
    await press('放弃填写')

    await waitFor(() => expect(dialog()).toBeNull())
    expect(router.currentRoute.value.fullPath).toBe('/')
  })

  it('leaves after the question about closing too', async () => {
    const router = await openDialog()
    await type('理由', '信息有误')
    await press('关闭')

    router.go(-2)
    await settled()
    await press('放弃填写')

    await waitFor(() => expect(router.currentRoute.value.fullPath).toBe('/'))
  })

  it('does not ask when the page changes its own query, or the session is over', async () => {
    const router = await openDialog()
    await type('理由', '信息有误')

    await router.push('/people?open=1')
    expect(question()).toBeNull()

    await router.push('/sign-in')
    expect(question()).toBeNull()
  })
})

describe('a day taken from the calendar', () => {
  it('counts as typed', async () => {
    const day = ref('')
    await renderApp(
      defineComponent(
        () => () =>
          h(AppDialog, { title: '登记理由', open: true }, () =>
            h(AppField, { label: '日期' }, () =>
              h(DateField, {
                modelValue: day.value,
                'onUpdate:modelValue': (value: string | null | undefined) => (day.value = value ?? ''),
              }),
            ),
          ),
      ),
    )
    const field = await screen.findByRole('combobox', { name: '日期' }, { timeout: 10_000 })
    field.focus()
    await fireEvent.mouseDown(field)

    const cell = await waitFor(() => {
      const found = document.querySelector<HTMLElement>('.el-date-table td.available .el-date-table-cell')
      expect(found).toBeTruthy()
      return found!
    })
    await fireEvent.click(cell)
    await waitFor(() => expect(day.value).not.toBe(''))
    await settled()
    await press('关闭')

    expect(question()).toBeTruthy()
  })
})

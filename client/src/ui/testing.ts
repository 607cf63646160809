import { PiniaColada } from '@pinia/colada'
import { cleanup, render } from '@testing-library/vue'
import { createPinia } from 'pinia'
import type { Component } from 'vue'
import { createMemoryHistory, createRouter } from 'vue-router'
import type { RouteRecordRaw } from 'vue-router'
import type { CurrentUser } from '@youyu/shared/accounts'
import { beginSession } from '../api/session.ts'
import { i18n, loadTexts } from '../texts/texts.ts'
import { speakInForms } from '../texts/validation.ts'

export const clerk: CurrentUser = {
  id: '01890000-0000-7000-8000-000000000001',
  username: 'clerk',
  displayName: '张敏',
  organisation: null,
  secondFactor: false,
  pending: [],
  permissions: [],
  grants: [],
  division: { code: '371122000000', name: '莒县' },
  counties: [{ code: '371122000000', name: '莒县', current: true }],
}

export type Asked = { method: string; path: string; query: URLSearchParams; headers: Headers; body: unknown }

/** Puts answers in place of the network: `{ 'GET /api/v1/persons': {…}, 'POST …': [409, problem] }`. Tells what was asked. */
export function answer(replies: Record<string, unknown>): Asked[] {
  const asked: Asked[] = []
  globalThis.fetch = async (input, init) => {
    const request = new Request(new URL(input as string, 'http://youyu.test'), init)
    const { pathname, searchParams } = new URL(request.url)
    const isText = typeof init?.body === 'string'
    asked.push({
      method: request.method,
      path: pathname,
      query: searchParams,
      headers: request.headers,
      body: isText ? JSON.parse(init.body as string) : init?.body,
    })
    const reply = replies[`${request.method} ${pathname}`]
    const content =
      typeof reply === 'function' ? await (reply as (request: Request) => unknown)(request) : reply
    if (content === undefined) return Response.json(problem('not-found', 404), { status: 404 })
    const [status, body] = Array.isArray(content) ? (content as [number, unknown]) : [200, content]
    if (status === 204) return new Response(null, { status })
    return Response.json(body, { status })
  }
  return asked
}

export function problem(
  code: string,
  status: number,
  errors?: { pointer: string; code: string; detail?: string }[],
) {
  const titles = { 'zh-CN': `${code} 的说明`, en: `what ${code} means` }
  return {
    type: 'about:blank',
    title: code,
    status,
    code,
    titles,
    ...(errors ? { errors: errors.map((entry) => ({ detail: '', titles, ...entry })) } : {}),
  }
}

/** Renders a page or component as the app would: texts, router, queries and a signed-in user. */
export async function renderApp(
  component: Component,
  options: {
    props?: Record<string, unknown>
    slots?: Record<string, string>
    routes?: RouteRecordRaw[]
    at?: string
    user?: Partial<CurrentUser>
  } = {},
) {
  cleanup()
  speakInForms()
  await loadTexts()
  const user = { ...clerk, ...options.user }
  beginSession({ accessToken: 'token', expiresAt: new Date(Date.now() + 600_000).toISOString(), user })
  const blank = { template: '' }
  const routes = options.routes ?? [{ path: '/:path(.*)*', name: 'home', component: blank }]
  const router = createRouter({ history: createMemoryHistory(), routes })
  await router.push(options.at ?? '/')
  const view = render(component, {
    props: options.props ?? {},
    slots: options.slots ?? {},
    global: { plugins: [createPinia(), PiniaColada, i18n, router] },
  })
  return { ...view, router }
}

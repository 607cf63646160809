import { expect } from 'vitest'
import { Problem } from '@youyu/shared/errors'
import type { Answer } from './office.ts'

/** Every refusal has the same shape, both languages, and the headers of every answer. */
export function expectProblem(answer: Answer, status: number, code: string): Problem {
  expect([answer.status, (answer.body as Problem | null)?.code]).toEqual([status, code])
  expect(answer.headers['content-type']).toBe('application/problem+json; charset=utf-8')
  const problem = Problem.parse(answer.body)
  expect(problem.status).toBe(status)
  expect(problem.type).toBe(`urn:youyu:problem:${code}`)
  expect(problem.titles['zh-CN']).toMatch(/\p{Script=Han}/u)
  expect(problem.titles.en).toMatch(/^[\x20-\x7e’]+$/)
  for (const { titles } of problem.errors ?? []) expect(titles['zh-CN']).toMatch(/\p{Script=Han}/u)
  expect(answer.headers['x-content-type-options']).toBe('nosniff')
  expect(answer.headers['content-security-policy']).toMatch(/default-src/)
  expect(answer.headers['x-request-id']).toMatch(/^[0-9a-f-]{36}$/)
  expect(answer.headers['cache-control']).toBe('no-store')
  return problem
}

/** Which fields a refusal names, and why. */
export const pointersIn = (answer: Answer) =>
  ((answer.body as Problem).errors ?? []).map(({ pointer, code }) => [pointer, code])

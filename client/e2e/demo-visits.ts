import { expect } from 'vitest'
import type { Role } from '@youyu/shared/permissions'
import { settled, type Visitor } from './visitor.ts'

export const desk = { viewport: { width: 1440, height: 900 }, colorScheme: 'light' } as const
export const phone = { viewport: { width: 390, height: 844 }, colorScheme: 'dark', hasTouch: true } as const
export const narrow = { viewport: { width: 360, height: 740 }, colorScheme: 'light', hasTouch: true } as const

export const nameOf = (role: Role) => `demo-${role.replaceAll('_', '-')}`

export async function visit({ page }: Visitor, path: string): Promise<void> {
  await page.goto(path)
  await settled(page)
  expect(new URL(page.url()).pathname).toBe(path)
  expect(await page.locator('main').innerText()).not.toContain('加载失败')
}

import type { RouteRecordRaw } from 'vue-router'
import type { Permission } from '@youyu/shared/permissions'
import type { TextKey } from '../texts/messages.ts'
import type { IconName } from './icons.ts'

/** The groups of the left menu, in this order. */
export const menuGroups = [
  'home',
  'population',
  'contraception',
  'birth-defects',
  'subsidies',
  'exchange',
  'area',
  'system',
] as const
type MenuGroup = (typeof menuGroups)[number]

type MenuItem = {
  /** Name of the route that it opens. */
  to: string
  label: TextKey
  icon: IconName
  group: MenuGroup
  order: number
  permission?: Permission
}

export type Feature = { routes: RouteRecordRaw[]; menu: MenuItem[] }

declare module 'vue-router' {
  interface RouteMeta {
    /** What the breadcrumb and the browser tab say. */
    title?: TextKey
    /** Name of the route one step up in the breadcrumb. */
    parent?: string
    permission?: Permission
    /** Outside the shell: sign-in and what comes before the session is ready. */
    bare?: boolean
    /** Open to everybody, with or without a session. */
    open?: boolean
    /** Says nothing but what the shell's own texts hold: home, profile. */
    shellTexts?: boolean
  }
}

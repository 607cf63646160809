import type { z } from 'zod'
import { codesOf } from '../code-tables.ts'

/** GB/T 2261.1-2003. Apart from the other value sets: the home needs no more of them. */
export const sexes = {
  '0': ['未知', 'Unknown'],
  '1': ['男', 'Male'],
  '2': ['女', 'Female'],
  '9': ['未说明', 'Not stated'],
} as const
export const Sex = codesOf(sexes)
export type Sex = z.infer<typeof Sex>

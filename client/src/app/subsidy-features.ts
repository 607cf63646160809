import type { Feature } from '../ui/navigation.ts'

/** From rule to bank and back, in reading order. */
export const subsidyFeatures: Feature[] = []

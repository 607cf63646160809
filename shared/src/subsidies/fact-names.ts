/** GB/T 2261.1 */
export const sexes = {
  '0': ['未知', 'unknown'],
  '1': ['男', 'male'],
  '2': ['女', 'female'],
  '9': ['未说明', 'not stated'],
} as const

/** GB/T 2261.2 */
export const maritalStatuses = {
  '10': ['未婚', 'never married'],
  '20': ['已婚', 'married'],
  '21': ['初婚', 'first marriage'],
  '22': ['再婚', 'remarried'],
  '23': ['复婚', 'married again to the same'],
  '30': ['丧偶', 'widowed'],
  '40': ['离婚', 'divorced'],
  '90': ['未说明', 'not stated'],
} as const

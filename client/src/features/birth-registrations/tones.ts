export const tones = {
  SUBMITTED: 'note',
  REGISTERED: 'good',
  RETURNED_FOR_COMPLETION: 'warn',
  WITHDRAWN: 'plain',
  LINKED_TO_BIRTH: 'accent',
} as const

import { maskName } from '@youyu/shared/population/masking'
import type { Id } from '@youyu/shared/values'
import type { Access } from '../../../access/access.ts'
import type { Deed } from '../../../audit/index.ts'

export const nameShown = (access: Access, name: string) => (access.clearance >= 'L2' ? name : maskName(name))

export const deedOf = (
  account: { id: Id; divisionCode: string },
  action: Deed['action'],
  more: Partial<Deed> = {},
): Deed => ({
  ...{ action, entity: 'payment-account', entityId: account.id, division: account.divisionCode },
  ...more,
})

import type { SupplyAlert } from '@youyu/shared/contraception/supplies'
import type { RequisitionStatus } from '@youyu/shared/contraception/supplies-requisitions'
import type { StockTakeStatus } from '@youyu/shared/contraception/supplies-stock-takes'
import type { RecallStatus } from '@youyu/shared/contraception/supplies-recalls'

type Kind = 'plain' | 'good' | 'warn' | 'bad' | 'note' | 'accent'

export const alertKinds: Record<SupplyAlert, Kind> = {
  STOCK_OUT: 'bad',
  LOW: 'warn',
  EXPIRING: 'warn',
  EXPIRED: 'bad',
  RECALLED: 'bad',
}

export const requisitionKinds: Record<RequisitionStatus, Kind> = {
  DRAFT: 'plain',
  SUBMITTED: 'note',
  APPROVED: 'accent',
  SHIPPED: 'accent',
  RECEIVED: 'good',
  CLOSED: 'good',
  REFUSED: 'bad',
  CANCELLED: 'plain',
}

export const stockTakeKinds: Record<StockTakeStatus, Kind> = {
  OPEN: 'note',
  COUNTED: 'accent',
  ADJUSTED: 'good',
  CANCELLED: 'plain',
}

export const recallKinds: Record<RecallStatus, Kind> = {
  LOT_RECALLED: 'bad',
  QUARANTINED: 'warn',
  RETURNED: 'good',
  DESTROYED: 'good',
}

import type { Household } from '@youyu/shared/population/households'

export type Member = Household['memberList'][number]

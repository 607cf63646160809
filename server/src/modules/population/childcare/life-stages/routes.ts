import { lifeStages, listLifeStages } from '@youyu/shared/population/life-stages'
import type { App } from '../../../../office.ts'

export function lifeStageRoutes(app: App): void {
  app.route({ ...listLifeStages, handler: () => ({ isOwnList: true as const, items: lifeStages }) })
}

import type { App, Office } from '../../office.ts'
import { clientRoutes } from './clients/routes.ts'
import { tokenRoutes } from './clients/token-routes.ts'
import { passwordRoutes } from './passwords/routes.ts'
import { preferenceRoutes } from './preferences/routes.ts'
import { profileRoutes } from './profile/routes.ts'
import { secondFactorRoutes } from './second-factor/routes.ts'
import { sessionRoutes } from './sessions/routes.ts'
import { userRoutes } from './users/routes.ts'

export function accountRoutes(app: App, office: Office): void {
  sessionRoutes(app, office)
  profileRoutes(app, office)
  passwordRoutes(app, office)
  secondFactorRoutes(app, office)
  preferenceRoutes(app, office)
  userRoutes(app, office)
  clientRoutes(app, office)
  tokenRoutes(app, office)
}

export { applyTorchResults } from './laboratory.ts'
export { torchRoutes } from './routes.ts'
export { recordTorchOfCheck, voidTorchOfCheck } from './testing.ts'

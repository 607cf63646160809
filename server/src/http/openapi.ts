import swagger from '@fastify/swagger'
import swaggerUi from '@fastify/swagger-ui'
import type { FastifyInstance } from 'fastify'
import { jsonSchemaTransform } from 'fastify-type-provider-zod'
import { componentsOf, described, tags } from './openapi-operations.ts'

/** `/openapi.json` (3.1) made from the contracts, and `/docs`. Must be registered before the routes. */
export async function useOpenApi(app: FastifyInstance): Promise<void> {
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'Youyu 优育',
        version: '1.0.0',
        summary: 'County population and family services 县级人口与家庭发展服务平台',
        description:
          'Errors are problem+json (RFC 9457) with a stable `code`. Lists are paged by `cursor`; follow `nextCursor` or the `Link` header.\n\n错误以 problem+json 返回，`code` 稳定不变；列表按 `cursor` 翻页。',
        license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
      },
      servers: [{ url: '/', description: 'This installation 本机' }],
      tags,
      security: [{ bearer: [] }],
      components: componentsOf(),
    },
    transform: jsonSchemaTransform,
    transformObject: (document) =>
      'openapiObject' in document ? described(document.openapiObject) : document.swaggerObject,
  })
  await app.register(swaggerUi, { routePrefix: '/docs', staticCSP: true, uiConfig: { deepLinking: true } })
  app.get('/openapi.json', { config: { open: true }, schema: { hide: true } }, () => app.swagger())
}

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    {
      name: 'no-cycles',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    { name: 'resolvable', severity: 'error', from: {}, to: { couldNotResolve: true, pathNot: '^virtual:' } },
    {
      name: 'client-and-server-meet-in-shared',
      severity: 'error',
      from: { path: '^client/' },
      to: { path: '^server/' },
    },
    {
      name: 'server-and-client-meet-in-shared',
      severity: 'error',
      from: { path: '^server/' },
      to: { path: '^client/' },
    },
    {
      name: 'shared-knows-nobody',
      comment: 'shared depends on itself and zod alone',
      severity: 'error',
      from: { path: '^shared/src/', pathNot: '\\.test\\.ts$' },
      to: { pathNot: ['^shared/src/', '^node_modules/zod/'] },
    },
    {
      name: 'modules-meet-at-index',
      comment: 'what other modules may use is in index.ts; a query may read the tables of another module',
      severity: 'error',
      from: {
        path: '^server/src/modules/([^/]+)/',
        pathNot: ['\\.test\\.ts$', '/queries[^/]*\\.ts$', '/tables\\.ts$'],
      },
      to: {
        path: '^server/src/modules/[^/]+/.+',
        pathNot: ['^server/src/modules/$1/', '^server/src/modules/[^/]+/index\\.ts$'],
      },
    },
    {
      name: 'queries-read-tables-of-others',
      severity: 'error',
      from: { path: '^server/src/modules/([^/]+)/.*(queries[^/]*|tables)\\.ts$' },
      to: {
        path: '^server/src/modules/[^/]+/.+',
        pathNot: ['^server/src/modules/$1/', '^server/src/modules/[^/]+/index\\.ts$', '/tables\\.ts$'],
      },
    },
    {
      name: 'the-house-uses-modules-at-index',
      severity: 'error',
      from: {
        path: '^server/src/',
        pathNot: ['^server/src/modules/', '^server/src/generator/', '\\.test\\.ts$'],
      },
      to: {
        path: '^server/src/modules/[^/]+/.+',
        pathNot: ['^server/src/modules/[^/]+/index\\.ts$', '/tables\\.ts$'],
      },
    },
    {
      name: 'sql-stays-in-queries',
      comment: 'only queries, tables and database/ know drizzle and pg',
      severity: 'error',
      from: {
        path: '^server/src/',
        pathNot: [
          '/queries[^/]*\\.ts$',
          '/[^/]*tables\\.ts$',
          '^server/src/database/',
          '^server/src/generator/',
          '\\.test\\.ts$',
        ],
      },
      to: {
        path: [
          '^node_modules/drizzle-orm/',
          '^node_modules/pg/',
          '^node_modules/pg-(copy-streams|query-stream)/',
        ],
      },
    },
    {
      name: 'rules-are-pure',
      comment: 'rules know shared, other rules, the pure statistics, and how to refuse',
      severity: 'error',
      from: { path: '^server/src/.*/rules[^/]*\\.ts$', pathNot: '\\.test\\.ts$' },
      to: {
        pathNot: [
          '^shared/src/',
          '/rules[^/]*\\.ts$',
          '^server/src/modules/statistics/index\\.ts$',
          '^server/src/refused\\.ts$',
          '^node_modules/zod/',
        ],
      },
    },
    {
      name: 'shared-by-its-name',
      comment: 'write @youyu/shared/…, not a relative path',
      severity: 'error',
      from: { path: '^(server|client)/' },
      to: {
        path: '^shared/',
        dependencyTypes: ['local'],
        dependencyTypesNot: ['aliased', 'aliased-workspace', 'npm'],
      },
    },
    {
      name: 'features-meet-at-index',
      severity: 'error',
      from: { path: '^client/src/features/([^/]+)/', pathNot: '\\.test\\.ts$' },
      to: {
        path: '^client/src/features/[^/]+/.+',
        pathNot: ['^client/src/features/$1/', '^client/src/features/[^/]+/index\\.ts$'],
      },
    },
    {
      name: 'app-uses-features-at-index',
      severity: 'error',
      from: { path: '^client/src/app/', pathNot: '\\.test\\.ts$' },
      to: { path: '^client/src/features/[^/]+/.+', pathNot: '^client/src/features/[^/]+/index\\.ts$' },
    },
    {
      name: 'ui-knows-no-feature',
      comment: 'app → features → ui, api → shared, never back',
      severity: 'error',
      from: { path: '^client/src/(ui|api)/' },
      to: { path: '^client/src/(features|app)/' },
    },
    {
      name: 'features-know-no-app',
      severity: 'error',
      from: { path: '^client/src/features/', pathNot: '\\.test\\.ts$' },
      to: { path: '^client/src/app/' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: ['/dist/', '\\.test\\.ts$'] },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
    },
  },
}

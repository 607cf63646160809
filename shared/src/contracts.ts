import * as accounts from './accounts.ts'
import * as audit from './audit.ts'
import * as divisions from './divisions.ts'
import type { Endpoint } from './endpoint.ts'
import * as jobs from './jobs.ts'
import * as organisations from './organisations.ts'
import * as exports_ from './population/exports.ts'
import * as households from './population/households.ts'
import * as imports from './population/imports.ts'
import * as overview from './population/overview.ts'
import * as persons from './population/persons.ts'

function isEndpoint(value: unknown): value is Endpoint {
  return typeof value === 'object' && value !== null && 'url' in value && 'config' in value
}

/** Every endpoint by its name: what the access matrix and the documentation are made from. */
export const contracts: Record<string, Endpoint> = Object.fromEntries(
  [accounts, audit, divisions, jobs, organisations, exports_, households, imports, overview, persons].flatMap(
    (module) => Object.entries(module).filter((entry): entry is [string, Endpoint] => isEndpoint(entry[1])),
  ),
)

import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { Validator } from '@seriousme/openapi-schema-validator'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { contracts } from '@youyu/shared/contracts'
import { openOffice, type TestOffice } from '../../test/office.ts'

type Operation = {
  operationId: string
  security: unknown[]
  parameters?: { $ref?: string }[]
  responses: Record<string, unknown>
  requestBody?: { content: object }
}
type Document = { openapi: string; paths: Record<string, Record<string, Operation>> }

let office: TestOffice
let document: Document
beforeAll(async () => {
  office = await openOffice()
  document = (await office.stranger.get('/openapi.json')).body
})
afterAll(() => office.close())

const operations = () => Object.values(document.paths).flatMap((methods) => Object.values(methods))
const operation = (id: string) => operations().find(({ operationId }) => operationId === id)!

describe('the OpenAPI document', () => {
  test('is valid to @seriousme/openapi-schema-validator', async () => {
    const { valid, errors } = await new Validator().validate(structuredClone(document))

    expect(errors ?? []).toEqual([])
    expect(valid).toBe(true)
    expect(document.openapi).toMatch(/^3\.1/)
  })

  test('is valid to redocly', { timeout: 60_000 }, async () => {
    const directory = mkdtempSync(join(tmpdir(), 'youyu-openapi-'))
    writeFileSync(join(directory, 'openapi.json'), JSON.stringify(document))
    writeFileSync(
      join(directory, 'redocly.yaml'),
      'extends: [recommended]\nrules: { no-ambiguous-paths: off, no-server-example.com: off }\n',
    )
    const redocly = join(import.meta.dirname, '../../../node_modules/@redocly/cli/bin/cli.js')
    const lint = promisify(execFile)(
      process.execPath,
      [redocly, 'lint', 'openapi.json', '--format=json', '--config=redocly.yaml'],
      {
        cwd: directory,
        env: { ...process.env, REDOCLY_TELEMETRY: 'off', REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true', CI: 'true' },
        maxBuffer: 50_000_000,
      },
    )

    const { stdout } = await lint
      .catch((error: { stdout: string }) => error)
      .finally(() => rmSync(directory, { recursive: true }))

    const { problems } = JSON.parse(stdout) as {
      problems: { message: string; location: { pointer: string }[] }[]
    }
    expect(problems.map(({ message, location }) => `${location[0]?.pointer}: ${message}`)).toEqual([])
  })

  test('names every operation after its contract', () => {
    const ids = operations().map(({ operationId }) => operationId)

    expect(ids.filter((id) => !(id in contracts))).toEqual([])
    expect(new Set(ids).size).toBe(ids.length)
  })

  test('tells rights, keys, versions, uploads and refusals', () => {
    expect(operation('createSession').security).toEqual([])
    expect(operation('listOrganisations').security).toEqual([
      { bearer: [] },
      { client: ['organisation.read'] },
    ])
    expect(operation('listAccessLog').security).toEqual([{ bearer: [] }])
    expect(operation('applyDivisionChange').parameters).toContainEqual({
      $ref: '#/components/parameters/IdempotencyKey',
    })
    expect(operation('changeOrganisation').parameters).toContainEqual({
      $ref: '#/components/parameters/IfMatch',
    })
    expect(Object.keys(operation('changeOrganisation').responses)).toEqual(
      expect.arrayContaining(['200', '400', '401', '403', '404', '412', '428', '429', '503', 'default']),
    )
    expect(Object.keys(operation('createImport').requestBody!.content)).toEqual(['multipart/form-data'])
    expect(
      Object.keys((operation('downloadExport').responses['200'] as { content: object }).content),
    ).toContain('text/csv')
  })
})

import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { describe, expect, test } from 'vitest'

const root = resolve(import.meta.dirname, '../..')
const read = (path: string) => readFileSync(join(root, path), 'utf8')
const dockerfile = read('server/Dockerfile')
const compose = read('docker-compose.yml')

describe('the container', () => {
  test('is made of files that are there', () => {
    const copied = [...dockerfile.matchAll(/^COPY (?!--from)(.+)$/gm)].flatMap(([, paths = '']) =>
      paths.split(' ').slice(0, -1),
    )

    expect(copied.length).toBeGreaterThan(5)
    expect(copied.filter((path) => !existsSync(join(root, path)))).toEqual([])
    expect(existsSync(join(root, /dockerfile: (\S+)/.exec(compose)?.[1] ?? ''))).toBe(true)
  })

  test('runs on the Node of the packages, and not as root', () => {
    const { dependencies } = JSON.parse(read('package.json')) as { dependencies: { node: string } }
    const bases = [...dockerfile.matchAll(/^FROM node:(\d+)/gm)].map(([, major]) => major)

    expect(new Set(bases)).toEqual(new Set([dependencies.node.split('.')[0]]))
    expect(dockerfile.split('\nFROM ').at(-1)).toMatch(/^USER node$/m)
  })

  test('is given only what the configuration knows, and no secret by default', () => {
    const config = read('server/src/config.ts')
    const given = [...compose.matchAll(/^ {6}([A-Z_]+): (.*)$/gm)].filter(([, name]) => name !== 'TZ')
    const ofServer = given.filter(([, name = '']) => !name.startsWith('POSTGRES_'))
    const isSecret = (name: string) => /PASSWORD$|SECRET|KEY$|SALT|TOKEN/.test(name)

    expect(ofServer.length).toBeGreaterThan(5)
    expect(ofServer.map(([, name]) => name).filter((name) => !config.includes(`${name}:`))).toEqual([])
    for (const [, name = '', value] of given)
      if (isSecret(name))
        expect([name, value]).toEqual([name, expect.stringMatching(/^\$\{[A-Z_]+:(\?.+|-)\}$/)])
  })
})

import { generateKeyPairSync } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { readConfig } from './config.ts'

const pem = generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }) as string
const rsa = generateKeyPairSync('rsa', { modulusLength: 1024 }).privateKey.export({
  type: 'pkcs8',
  format: 'pem',
}) as string
const production = {
  NODE_ENV: 'production',
  SECRET: 'a secret that is long enough for anybody',
  AUDIT_SIGNING_KEY: pem,
}

describe('the configuration', () => {
  test('of a newcomer is complete without a single variable', () => {
    expect(readConfig({})).toMatchObject({
      HOST: '127.0.0.1',
      PORT: 3000,
      DEMO: true,
      production: false,
      SECOND_FACTOR_POLICY: 'off',
    })
  })

  test('of production has no demo, and asks for second factors', () => {
    expect(readConfig(production)).toMatchObject({
      HOST: '0.0.0.0',
      DEMO: false,
      production: true,
      SECOND_FACTOR_POLICY: 'roles',
    })
  })

  test('takes an empty variable for one that is not set', () => {
    expect(readConfig({ PORT: '', DATABASE_URL: '' })).toMatchObject({ PORT: 3000 })
  })

  test('takes a key whose lines came through an environment file', () => {
    expect(
      readConfig({ ...production, AUDIT_SIGNING_KEY: pem.replaceAll('\n', '\\n') }).AUDIT_SIGNING_KEY,
    ).toBe(pem)
  })

  test.each([
    ['CLAIM_PEERS', { CLAIM_PEERS: 'none' }, /must be a JSON array/],
    [
      'CLAIM_PEERS.0.url',
      { CLAIM_PEERS: '[{"county":370321,"url":"ftp://a","clientId":"a","clientSecret":"b"}]' },
      /Invalid URL/,
    ],
    [
      'CLAIM_SALT',
      { CLAIM_PEERS: '[{"county":370321,"url":"https://a.example","clientId":"a","clientSecret":"b"}]' },
      /the same at all of them/,
    ],
    ['SECRET', { NODE_ENV: 'production', AUDIT_SIGNING_KEY: pem }, /SECRET: is required/],
    ['SECRET', { ...production, SECRET: 'short' }, /SECRET: must have at least 32 bytes/],
    [
      'AUDIT_SIGNING_KEY',
      { NODE_ENV: 'production', SECRET: production.SECRET },
      /AUDIT_SIGNING_KEY: is required/,
    ],
    ['AUDIT_SIGNING_KEY', { ...production, AUDIT_SIGNING_KEY: 'nonsense' }, /must be an Ed25519 private key/],
    ['AUDIT_SIGNING_KEY', { ...production, AUDIT_SIGNING_KEY: rsa }, /must be an Ed25519 private key/],
    ['PORT', { PORT: 'eighty' }, /PORT: .*number/],
    ['PORT', { PORT: '70000' }, /PORT: .*65535/],
    ['DATABASE_URL', { DATABASE_URL: 'localhost:5432' }, /postgresql:\/\//],
    ['DATABASE_URL', { DATABASE_URL: 'mysql://root@localhost/x' }, /postgresql:\/\//],
    ['DEMO', { DEMO: 'yes' }, /"on"\|"off"/],
    ['POOL_SIZE', { POOL_SIZE: '0' }, />=1/],
    ['LOG_LEVEL', { LOG_LEVEL: 'loud' }, /"info"/],
    ['TRUST_PROXY', { TRUST_PROXY: 'true' }, /addresses or CIDR blocks/],
  ])('with a wrong %s says which variable and what it takes', (name, environment, says) => {
    expect(() => readConfig(environment)).toThrow(
      new RegExp(`^The configuration is not usable[\\s\\S]*\\n  ${name}: `),
    )
    expect(() => readConfig(environment)).toThrow(says)
  })

  test('never repeats a secret in its refusal', () => {
    const refusal = () =>
      readConfig({
        ...production,
        SECRET: 'hunter2',
        AUDIT_SIGNING_KEY: 'hunter3',
        DATABASE_URL: 'http://user:hunter4@host',
      })

    expect(refusal).toThrow(/SECRET[\s\S]*AUDIT_SIGNING_KEY|DATABASE_URL/)
    expect(refusal).not.toThrow(/hunter/)
  })
})

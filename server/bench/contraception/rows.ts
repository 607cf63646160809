import Fastify from 'fastify'
import pg from 'pg'

/** The limit of a save: the rows are known, and are inserted table by table in one transaction. */
const pool = new pg.Pool({ connectionString: process.env['DATABASE_URL'], max: 4 })
const app = Fastify({ logger: false, bodyLimit: 1024 * 1024 })

type Rows = { table: string; rows: unknown[] }[]

app.get('/health/ready', () => ({}))

app.post<{ Body: Rows }>('/rows', async (request, reply) => {
  const client = await pool.connect()
  try {
    await client.query('begin')
    for (const { table, rows } of request.body)
      await client.query({
        name: table,
        text: `insert into ${table} select * from json_populate_recordset(null::${table}, $1)`,
        values: [JSON.stringify(rows)],
      })
    await client.query('commit')
    return await reply.status(201).send({ id: null })
  } catch (error) {
    await client.query('rollback')
    throw error
  } finally {
    client.release()
  }
})

await app.listen({ host: '127.0.0.1', port: Number(process.env['PORT']) })
process.once('SIGTERM', () => void app.close().then(() => pool.end()))

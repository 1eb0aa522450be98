import { startPostgres } from '@/lib/local/postgres.server'
import { withClient } from '@/lib/local/postgres-client.server'

// Run by lib/local/postgres.door.test.ts as a process of its own, to be killed in the middle: starts PostgreSQL on the folder it is given,
// writes one row after the other, and prints the number of each as soon as it was acknowledged.
const postgres = await startPostgres({ dataDir: process.argv[2] ?? '' })
await withClient(postgres.url('postgres'), async (client) => {
  await client.query('create table if not exists rows (id int primary key)')
  process.stdout.write(`pid ${postgres.pid}\n`)
  for (let id = 1; ; id++) {
    await client.query('insert into rows values ($1)', [id])
    process.stdout.write(`${id}\n`)
  }
})

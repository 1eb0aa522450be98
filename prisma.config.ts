import { defineConfig } from 'prisma/config'

// `generate` needs no database, so an unset address must not stop it.
export default defineConfig({
  schema: 'prisma/schema',
  migrations: { path: 'prisma/migrations' },
  datasource: { url: process.env.DATABASE_URL_UNPOOLED ?? process.env.DATABASE_URL ?? 'postgresql://unset/unset' },
})

import { randomBytes } from 'node:crypto'
import { afterAll, inject } from 'vitest'
import { withClient } from '@/lib/local/postgres-client.server'
import { TEMPLATE } from './database-template'

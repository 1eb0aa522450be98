import { expect, it } from 'vitest'
import { AppError } from '@/lib/platform/app-error'
import { explainPostgres } from './postgres-trouble'
import { explainStart } from './start-trouble'

const where = { dataDir: '/srv/p/.data', port: 3000 }
const nodeError = (code: string, more: object = {}): Error => Object.assign(new Error(`${code}: low-level words`), { code, ...more })

it.each([
  [nodeError('ENOSPC', { path: '/srv/p/.data/mail/x' }), /disk that holds \/srv\/p\/\.data\/mail\/x is full: free some space/],
  [nodeError('EADDRINUSE', { syscall: 'listen' }), /Port 3000 is taken.*PORT=3001 npm start/],
  [nodeError('EACCES', { syscall: 'listen' }), /above 1023/],
  [nodeError('EACCES', { syscall: 'mkdir', path: '/srv/p/.data' }), /may not write to \/srv\/p\/\.data/],
  [nodeError('EROFS'), /cannot be written to/],
  [new AppError('conflict', 'Its own words.'), /^Its own words\.$/],
])('%s becomes one sentence', (error, sentence) => {
  expect(explainStart(error, where)).toMatch(sentence)
})

it('leaves what nobody foresaw alone', () => {
  expect(explainStart(new TypeError('x is not a function'), where)).toBeUndefined()
  expect(explainStart('text', where)).toBeUndefined()
})

it.each([
  ['PANIC:  could not write to file "pg_wal/xlogtemp.1": No space left on device', /disk that holds \/d is full/],
  ['FATAL:  could not bind IPv4 address "127.0.0.1": Address already in use', /Port 5433 is taken/],
  ['FATAL:  database files are incompatible with server\nDETAIL:  The data directory was initialized by PostgreSQL version 17', /another version/],
  ['FATAL:  data directory "/d/cluster" has wrong ownership', /give the folder back/],
  ['2026-11-22 15:42:40.118 UTC [1] PANIC:  could not locate a valid checkpoint record at 0/1', /could not locate a valid checkpoint record at 0\/1\): put a copy/],
  ['FATAL:  database files are incompatible with server\nDETAIL:  The database cluster was initialized with PG_CONTROL_VERSION 117901063', /does not start/],
  ['', /ended without a word/],
])('PostgreSQL\'s "%s" becomes one sentence', (log, sentence) => {
  expect(explainPostgres({ folder: '/d', logFile: '/d/log', log, port: 5433 }).message).toMatch(sentence)
})

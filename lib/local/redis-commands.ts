import { now } from '@/lib/platform/clock'
import { RedisError, type RedisStore } from './redis-store'

export type Reply = string | number | null | Reply[]

type Command = {
  /** How many arguments after the name: at least, at most. */
  arity: readonly [number, number]
  /** Refused when the memory is full. */
  grows?: boolean
  run(store: RedisStore, args: readonly string[]): Reply
}

const MANY = Number.POSITIVE_INFINITY
const NOT_AN_INTEGER = 'ERR value is not an integer or out of range'
const INT64 = { min: -(2n ** 63n), max: 2n ** 63n - 1n }

function integer(text: string): bigint {
  if (!/^-?\d{1,19}$/.test(text)) throw new RedisError(NOT_AN_INTEGER)
  const value = BigInt(text)
  if (value < INT64.min || value > INT64.max) throw new RedisError(NOT_AN_INTEGER)
  return value
}

function sum(text: string | null, by: bigint): bigint {
  const total = integer(text ?? '0') + by
  if (total < INT64.min || total > INT64.max) throw new RedisError('ERR increment or decrement would overflow')
  return total
}

const at = (args: readonly string[], index: number): string => args[index] ?? ''
const count = (args: readonly string[], matches: (arg: string) => boolean): number => args.filter(matches).length

function increment(store: RedisStore, key: string, by: bigint): number {
  const expiry = store.expiry(key)
  const total = sum(store.text(key), by)
  store.write(key, String(total), typeof expiry === 'number' ? expiry : null)
  return Number(total)
}

function expire(command: string, unitMs: number): Command {
  return {
    arity: [2, 2],
    run: (store, args) => {
      const amount = Number(integer(at(args, 1)))
      if (Math.abs(amount) * unitMs > Number.MAX_SAFE_INTEGER - now())
        throw new RedisError(`ERR invalid expire time in '${command}' command`)
      return store.expireAt(at(args, 0), now() + amount * unitMs) ? 1 : 0
    },
  }
}

function timeLeft(unitMs: number): Command {
  return {
    arity: [1, 1],
    run: (store, args) => {
      const expiry = store.expiry(at(args, 0))
      if (expiry === null) return -2
      return expiry === 'never' ? -1 : Math.ceil((expiry - now()) / unitMs)
    },
  }
}

type SetOptions = { condition: 'NX' | 'XX' | null; returnsOld: boolean; expiresAt: number | 'keep' | null }

function setOptions(args: readonly string[]): SetOptions {
  const options: SetOptions = { condition: null, returnsOld: false, expiresAt: null }
  const syntaxError = new RedisError('ERR syntax error')
  for (let index = 0; index < args.length; index += 1) {
    const word = at(args, index).toUpperCase()
    if (word === 'NX' || word === 'XX') {
      if (options.condition !== null) throw syntaxError
      options.condition = word
    } else if (word === 'GET') options.returnsOld = true
    else if (options.expiresAt !== null) throw syntaxError
    else if (word === 'KEEPTTL') options.expiresAt = 'keep'
    else if (['EX', 'PX', 'EXAT', 'PXAT'].includes(word)) {
      const amount = Number(integer(args[(index += 1)] ?? 'missing')) * (word.startsWith('EX') ? 1_000 : 1)
      if (amount <= 0 || amount > Number.MAX_SAFE_INTEGER - now()) throw new RedisError("ERR invalid expire time in 'set' command")
      options.expiresAt = word.endsWith('AT') ? amount : now() + amount
    } else throw syntaxError
  }
  return options
}

function setText(store: RedisStore, args: readonly string[]): Reply {
  const [key, value, options] = [at(args, 0), at(args, 1), setOptions(args.slice(2))]
  const old = options.returnsOld ? store.text(key) : null
  const blocked = (options.condition === 'NX' && store.has(key)) || (options.condition === 'XX' && !store.has(key))
  if (blocked) return old
  const kept = options.expiresAt === 'keep' ? store.expiry(key) : options.expiresAt
  store.write(key, value, typeof kept === 'number' ? kept : null)
  return options.returnsOld ? old : 'OK'
}

function setFields(store: RedisStore, args: readonly string[]): Reply {
  if (args.length % 2 === 0) throw new RedisError("ERR wrong number of arguments for 'hset' command")
  let added = 0
  for (let index = 1; index < args.length; index += 2) added += store.writeField(at(args, 0), at(args, index), at(args, index + 1)) ? 1 : 0
  return added
}

const COMMANDS: Readonly<Record<string, Command>> = {
  ping: { arity: [0, 1], run: (_, args) => args[0] ?? 'PONG' },
  get: { arity: [1, 1], run: (store, args) => store.text(at(args, 0)) },
  set: { arity: [2, MANY], grows: true, run: setText },
  getdel: {
    arity: [1, 1],
    run: (store, args) => {
      const value = store.text(at(args, 0))
      store.delete(at(args, 0))
      return value
    },
  },
  mget: {
    arity: [1, MANY],
    run: (store, args) =>
      args.map((key) => {
        try {
          return store.text(key)
        } catch {
          return null // MGET gives nil for other types
        }
      }),
  },
  del: { arity: [1, MANY], run: (store, args) => count(args, (key) => store.delete(key)) },
  exists: { arity: [1, MANY], run: (store, args) => count(args, (key) => store.has(key)) },
  incr: { arity: [1, 1], grows: true, run: (store, args) => increment(store, at(args, 0), 1n) },
  incrby: { arity: [2, 2], grows: true, run: (store, args) => increment(store, at(args, 0), integer(at(args, 1))) },
  decr: { arity: [1, 1], grows: true, run: (store, args) => increment(store, at(args, 0), -1n) },
  decrby: { arity: [2, 2], grows: true, run: (store, args) => increment(store, at(args, 0), -integer(at(args, 1))) },
  expire: expire('expire', 1_000),
  pexpire: expire('pexpire', 1),
  persist: {
    arity: [1, 1],
    run: (store, args) => (typeof store.expiry(at(args, 0)) === 'number' && store.expireAt(at(args, 0), null) ? 1 : 0),
  },
  ttl: timeLeft(1_000),
  pttl: timeLeft(1),
  hset: { arity: [3, MANY], grows: true, run: setFields },
  hget: { arity: [2, 2], run: (store, args) => store.hash(at(args, 0))?.get(at(args, 1)) ?? null },
  hgetall: { arity: [1, 1], run: (store, args) => [...(store.hash(at(args, 0)) ?? [])].flat() },
  hdel: {
    arity: [2, MANY],
    run: (store, args) => (store.hash(at(args, 0)), count(args.slice(1), (field) => store.removePart(at(args, 0), field))),
  },
  hincrby: {
    arity: [3, 3],
    grows: true,
    run: (store, args) => {
      const [key, field] = [at(args, 0), at(args, 1)]
      const held = store.hash(key)?.get(field) ?? null
      if (held !== null && !/^-?\d+$/.test(held)) throw new RedisError('ERR hash value is not an integer')
      const total = sum(held, integer(at(args, 2)))
      store.writeField(key, field, String(total))
      return Number(total)
    },
  },
  sadd: { arity: [2, MANY], grows: true, run: (store, args) => count(args.slice(1), (member) => store.addMember(at(args, 0), member)) },
  srem: {
    arity: [2, MANY],
    run: (store, args) => (store.set(at(args, 0)), count(args.slice(1), (member) => store.removePart(at(args, 0), member))),
  },
  smembers: { arity: [1, 1], run: (store, args) => [...(store.set(at(args, 0)) ?? [])] },
  sismember: { arity: [2, 2], run: (store, args) => (store.set(at(args, 0))?.has(at(args, 1)) ? 1 : 0) },
  dbsize: { arity: [0, 0], run: (store) => (store.dropExpired(), store.size) },
}

/** Throws what MULTI would find wrong before running anything: an unknown command or a wrong number of arguments. */
export function findCommand(words: readonly string[]): { command: Command; args: readonly string[] } {
  const [name = '', ...args] = words
  const command = Object.hasOwn(COMMANDS, name.toLowerCase()) ? COMMANDS[name.toLowerCase()] : undefined
  if (command === undefined) {
    const beginning = args.map((arg) => `'${arg.slice(0, 128)}' `).join('')
    throw new RedisError(`ERR unknown command '${name.slice(0, 128)}', with args beginning with: ${beginning.slice(0, 128)}`)
  }
  const [least, most] = command.arity
  if (args.length < least || args.length > most) throw new RedisError(`ERR wrong number of arguments for '${name.toLowerCase()}' command`)
  return { command, args }
}

/** Runs one command; throws RedisError with the reply that Redis would give. */
export function runCommand(store: RedisStore, words: readonly string[]): Reply {
  const { command, args } = findCommand(words)
  if (command.grows === true) store.requireRoom()
  return command.run(store, args)
}

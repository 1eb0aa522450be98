import 'server-only'
import { createHmac } from 'node:crypto'
import { now } from '@/lib/platform/clock'
import { type EventPayload, type StepResult, errorResult } from './runner-protocol'

export type AppAnswer =
  | { reached: false }
  | { reached: true; status: number; body: unknown; noRetry: boolean; /** UTC ms, if the app asked for a time. */ retryAt: number | null }

export type Question = {
  functionId: string
  runId: string
  stepId: string
  attempt: number
  maxAttempts: number
  events: EventPayload[]
  steps: Readonly<Record<string, StepResult>>
  /** Ids of the steps that have a result, in the order in which they got it. */
  stack: readonly string[]
  /** Only plan: another step of the run is being executed, and the SDK would otherwise run it a second time. */
  planOnly: boolean
}

/** What Inngest takes as the output of a step. */
const ANSWER_BYTES = 4_194_304
const withoutPrefix = (signingKey: string): string => signingKey.replace(/^signkey-\w+-/, '')

/** JSON with sorted keys (RFC 8785): the form that the SDK signs, so that both sides sign the same bytes. */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) =>
    typeof part === 'object' && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  )
}

/** `x-inngest-signature` of a body at a time in seconds. */
export function signatureOf(signingKey: string, body: string, atSeconds: number): string {
  return `t=${atSeconds}&s=${createHmac('sha256', withoutPrefix(signingKey)).update(body).update(String(atSeconds)).digest('hex')}`
}

/** Asks the app's SDK to run one step, or to walk through the function (`stepId` "step"). Never throws. */
export async function askApp(appUrl: string, signingKey: string | undefined, question: Question, signal: AbortSignal): Promise<AppAnswer> {
  const url = new URL(appUrl)
  url.searchParams.set('fnId', question.functionId)
  url.searchParams.set('stepId', question.stepId)
  // ctx.fn_id stays out: with it the SDK would send checkpoints to an API that this runner does not have
  const body = canonicalJson({
    version: 2,
    event: question.events[0],
    events: question.events,
    steps: question.steps,
    ctx: {
      run_id: question.runId,
      attempt: question.attempt,
      max_attempts: question.maxAttempts,
      disable_immediate_execution: question.planOnly,
      use_api: false,
      stack: { stack: question.stack, current: question.stack.length },
    },
  })
  const headers: Record<string, string> = {
    'content-type': 'application/json',
    'x-inngest-server-kind': signingKey === undefined ? 'dev' : 'cloud',
  }
  if (signingKey !== undefined) headers['x-inngest-signature'] = signatureOf(signingKey, body, Math.floor(now() / 1_000))
  try {
    const response = await fetch(url, { method: 'POST', headers, body, signal })
    return answerOf(response, await response.text())
  } catch (error) {
    if (neverArrived(error)) return { reached: false }
    const message = signal.aborted ? 'the app did not answer in time' : 'the connection to the app broke'
    return { reached: true, status: 502, body: errorBody(message), noRetry: false, retryAt: null }
  }
}

function answerOf(response: Response, text: string): AppAnswer {
  const retryAfter = response.headers.get('retry-after')
  const retryAt = retryAfter === null ? Number.NaN : /^\d+$/.test(retryAfter) ? now() + Number(retryAfter) * 1_000 : Date.parse(retryAfter)
  const answer = {
    reached: true as const,
    status: response.status,
    noRetry: response.headers.get('x-inngest-no-retry') === 'true',
    retryAt: Number.isNaN(retryAt) ? null : retryAt,
  }
  if (text.length > ANSWER_BYTES)
    return { ...answer, status: 400, noRetry: true, body: errorBody(`the output is larger than ${ANSWER_BYTES} bytes`) }
  try {
    return { ...answer, body: text === '' ? null : (JSON.parse(text) as unknown) }
  } catch {
    return { ...answer, status: 502, body: errorBody(`the app answered ${response.status} without JSON`) }
  }
}

const errorBody = (message: string): unknown => {
  const result = errorResult(message)
  return result.type === 'error' ? result.error : null
}

/** Nobody listened at the address: nothing of the step can have run. */
const neverArrived = (error: unknown): boolean =>
  error instanceof Error &&
  typeof error.cause === 'object' &&
  error.cause !== null &&
  'code' in error.cause &&
  error.cause.code === 'ECONNREFUSED'

import 'server-only'
import NextAuth, { type NextAuthOptions } from 'next-auth'
import CredentialsProvider from 'next-auth/providers/credentials'
import { z } from 'zod'
import { AppError } from '@/lib/platform/app-error'
import { env } from '@/lib/platform/env.server'
import { log } from '@/lib/platform/log.server'
import { solveByCode, solveByToken } from './challenge.server'
import { SESSION_SECONDS } from './session.server'
import { completeSignIn } from './sign-in.server'

const Solution = z.union([
  z.object({ token: z.string().min(20).max(100) }),
  z.object({ challengeId: z.string().max(60), code: z.string().max(20) }),
])

/** Throws an Error whose message is our error code, which is what the sign-in page reads back. */
async function authorize(given: unknown, { headers }: { readonly headers?: Readonly<Record<string, string>> }): Promise<{ id: string; name: string }> {
  const solution = Solution.safeParse(given)
  if (!solution.success) throw new Error('invalid_input')
  try {
    const solved =
      'token' in solution.data ? await solveByToken(solution.data.token) : await solveByCode(solution.data.challengeId, solution.data.code)
    const { personId, name } = await completeSignIn(solved, new Request(env().APP_URL, { headers: { cookie: headers?.cookie ?? '' } }))
    return { id: personId, name }
  } catch (error) {
    if (error instanceof AppError) throw new Error(error.code)
    log.error({ err: error }, 'signing in failed unexpectedly')
    throw new Error('internal')
  }
}

const options = (): NextAuthOptions => ({
  secret: env().NEXTAUTH_SECRET,
  session: { strategy: 'jwt', maxAge: SESSION_SECONDS },
  pages: { signIn: '/sign-in', signOut: '/', error: '/sign-in' },
  providers: [CredentialsProvider({ id: 'challenge', name: 'E-mail', credentials: { challengeId: {}, code: {}, token: {} }, authorize })],
  callbacks: {
    // Only who it is: everything else is read fresh from the database on each request.
    jwt: ({ token }) => (token.sub === undefined ? {} : { sub: token.sub }),
    session: ({ session }) => ({ expires: session.expires }),
  },
  logger: {
    error: (code, metadata) =>
      log.warn({ nextAuth: code, err: metadata instanceof Error ? metadata : metadata.error }, 'next-auth refused or failed'),
    warn: (code) => log.warn({ nextAuth: code }, 'next-auth warns'),
    debug: () => undefined,
  },
})

type RouteContext = { params: Promise<{ nextauth: string[] }> }

/** next-auth's own handler for `/api/auth/*`; options are read per request, so that a build needs no settings. */
export const authHandler = async (request: Request, context: RouteContext): Promise<Response> =>
  (await NextAuth(options())(request, context)) as Response

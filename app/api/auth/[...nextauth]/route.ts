import { libraryOwned } from '@/lib/accounts/endpoint.server'
import { authHandler } from '@/lib/accounts/next-auth.server'

export const GET = libraryOwned('next-auth', authHandler)
export const POST = libraryOwned('next-auth', authHandler)

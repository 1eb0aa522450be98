import { notFound } from 'next/navigation'
import { AppError } from '@/lib/platform/app-error'

/** For `.catch`: what is not there, or not for this reader, is a page that is not found. */
export const orNotFound = (error: unknown): never => {
  if (error instanceof AppError && error.code === 'not_found') notFound()
  throw error
}

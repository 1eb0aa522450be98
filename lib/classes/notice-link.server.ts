import 'server-only'
import type { ActorRule } from '@/lib/accounts/endpoint.server'
import { AppError } from '@/lib/platform/app-error'
import { sha256, sign } from '@/lib/platform/crypto.server'
import { db } from '@/lib/platform/db.server'
import { env } from '@/lib/platform/env.server'
import { findBearer } from '@/lib/platform/http.server'

type Linked = { readonly personId: string; readonly seriesId: string; readonly email: string | null; readonly tokenHash: string | null; readonly createdAt: Date }

/**
 * The page where one person's notices of one series are changed and stopped, and where a mail program may stop them with one click.
 * Every mail carries the same token, made anew from our secret and never stored. It is bound to the address: when that changes, the
 * mails to the old one open nothing.
 */
export async function noticeLinks(row: Linked): Promise<{ choices: string; stop: string }> {
  const { personId, seriesId, email, createdAt } = row
  const token = sign('notices', [personId, seriesId, email ?? '', createdAt.getTime()].join('\0'))
  const tokenHash = sha256(token)
  if (row.tokenHash !== tokenHash) await db.seriesFollow.update({ where: { personId_seriesId: { personId, seriesId } }, data: { tokenHash } })
  return { choices: `${env().APP_URL}/notices/${token}`, stop: `${env().APP_URL}/api/notices/${token}/stop` }
}

export type NoticeHolder = { readonly personId: string; readonly seriesId: string }

export async function findNoticeHolder(token: string): Promise<NoticeHolder | undefined> {
  return (await db.seriesFollow.findUnique({ where: { tokenHash: sha256(token) }, select: { personId: true, seriesId: true } })) ?? undefined
}

/** Whoever holds the link from a mail: its token, sent as a bearer, or in the path where a mail program calls. */
export const noticeLinkHolder: ActorRule<NoticeHolder> = {
  name: 'whoever holds the link from a mail',
  async resolve(request, params) {
    const inPath = typeof params === 'object' && params !== null && 'token' in params && typeof params.token === 'string' ? params.token : undefined
    const token = inPath ?? findBearer(request)
    const holder = token === undefined ? undefined : await findNoticeHolder(token)
    if (!holder) throw new AppError('expired', 'This link does not work any more. The newest mail has one that does.')
    return holder
  },
}

import 'server-only'
import { recordAct } from '@/lib/accounts/audit.server'
import { mergeGuest } from '@/lib/accounts/merge-guest.server'
import { AppError } from '@/lib/platform/app-error'
import { db } from '@/lib/platform/db.server'

/** Two people in one class for longer than this at the same moment are two; less is one who changed the browser. */
const TOGETHER_SECONDS = 60

/**
 * Two guests of one trainer are the same human: all that `merge` did becomes `keep`'s. Only the browser that is `keep` goes on as them; the
 * other is a stranger's from now on. Never an account, whose owner alone decides, and never another trainer's guest. A trainer may be a
 * guest of their own in another window, so nobody who has something of their own to open (recordings, a profile, an address) is joined by
 * anybody but themselves, by an account on both browsers, and nothing that `merge` held opens what `keep` will have. Throws `not_found`; `conflict` for those and for two who trained side by side.
 */
export async function mergePeople(trainerId: string, { keep, merge }: { readonly keep: string; readonly merge: string }): Promise<void> {
  await db.$transaction(async (tx) => {
    // In one order, as every merge of people does.
    const rows = await tx.$queryRaw<Array<{ id: string }>>`
      select id from people where id in (${keep}, ${merge}) and "guestOfId" = ${trainerId} and "mergedIntoId" is null order by id for update`
    if (rows.length !== 2) throw new AppError('not_found', 'These are not two guests of yours. Somebody with an account adds their classes themselves.')
    const [together] = await tx.$queryRaw<Array<{ seconds: number }>>`
      select coalesce(sum(upper(part) - lower(part)), 0)::int as seconds
      from participants one join participants other on other."classId" = one."classId"
      cross join lateral unnest(one.present_s * other.present_s) as part
      where one."personId" = ${keep} and other."personId" = ${merge}`
    if ((together?.seconds ?? 0) > TOGETHER_SECONDS)
      throw new AppError('conflict', 'These two were in a class at the same time, so they are two people. Nothing was changed.')
    const own = { personId: { in: [keep, merge] } }
    const kept = [
      await tx.recorder.count({ where: own }),
      await tx.profile.count({ where: own }),
      await tx.seriesFollow.count({ where: { ...own, email: { not: null } } }),
      await tx.pushSubscription.count({ where: own }),
    ]
    if (kept.some((count) => count > 0))
      throw new AppError('conflict', 'One of them keeps heart rates, figures or an address here that only they may open. They can join both names themselves: by making it an account, on each browser.')
    await recordAct({ actorId: trainerId, subjectId: keep, action: 'people.merged' }, tx)
    await tx.bearer.deleteMany({ where: { personId: merge } })
    await mergeGuest(tx, merge, keep)
  })
}

import { z } from 'zod'
import { defineEvent } from '@/lib/platform/event'

/** Another browser than the guest's own proved the address that the guest was claimed under: what the guest's held may hear no more. */
export const guestClaimedElsewhere = defineEvent('accounts/guest.claimed-elsewhere', z.object({ personId: z.string() }))

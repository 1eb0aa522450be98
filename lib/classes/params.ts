import { z } from 'zod'

const id = (prefix: string) => z.string().max(60).startsWith(`${prefix}_`)

/** The ids in our addresses; anything of another form names nothing. */
export const SeriesParams = z.object({ seriesId: id('ser') })
export const ClassParams = z.object({ classId: id('cls') })
export const MemberParams = z.object({ classId: id('cls'), participantId: id('par') })
export const MessageParams = z.object({ messageId: id('msg') })
/** A secret in a path; 43 characters, as `crypto.server` makes them. */
export const TokenParams = z.object({ token: z.string().regex(/^[\w-]{43}$/) })
export const TemplateParams = z.object({ templateId: id('tpl') })

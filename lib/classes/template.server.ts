import 'server-only'
import { AppError } from '@/lib/platform/app-error'
import { type Db, db, Prisma } from '@/lib/platform/db.server'
import { newId } from '@/lib/platform/id'
import { type NewTemplate, type TemplateCard, TemplateSettings } from './template'

const MAX_TEMPLATES = 100
const card = (row: { id: string; name: string; settings: unknown }): TemplateCard => ({ templateId: row.id, name: row.name, settings: TemplateSettings.parse(row.settings) })

/** A trainer's own templates, the newest first. */
export const listTemplates = async (hostId: string): Promise<TemplateCard[]> =>
  (await db.classTemplate.findMany({ where: { hostId }, orderBy: { createdAt: 'desc' } })).map(card)

export async function findTemplate(hostId: string, templateId: string): Promise<TemplateCard | undefined> {
  const row = await db.classTemplate.findFirst({ where: { id: templateId, hostId } })
  return row ? card(row) : undefined
}

/** Throws `not_found` for a series that is not this trainer's, `conflict` when there are too many. */
export async function saveTemplate(hostId: string, { seriesId, name }: NewTemplate): Promise<{ templateId: string }> {
  const series = await db.classSeries.findFirst({ where: { id: seriesId, hostId } })
  if (!series) throw new AppError('not_found', 'There is no such class.')
  if ((await db.classTemplate.count({ where: { hostId } })) >= MAX_TEMPLATES) throw new AppError('conflict', 'Delete a template first: 100 are kept.')
  const { id } = await db.classTemplate.create({
    data: { id: newId('tpl'), hostId, name, settings: TemplateSettings.parse(series), plan: series.plan ?? Prisma.DbNull },
  })
  return { templateId: id }
}

/** Gone for good; classes that were made from it stay. Throws `not_found`. */
export async function deleteTemplate(hostId: string, templateId: string): Promise<void> {
  const { count } = await db.classTemplate.deleteMany({ where: { id: templateId, hostId } })
  if (count === 0) throw new AppError('not_found', 'There is no such template.')
}

/** The workout plan that a new series takes along. Throws `not_found`. */
export async function findTemplatePlan(tx: Db, hostId: string, templateId: string): Promise<Prisma.InputJsonValue | null> {
  const row = await tx.classTemplate.findFirst({ where: { id: templateId, hostId }, select: { plan: true } })
  if (!row) throw new AppError('not_found', 'This template is gone. Start from an empty form.')
  return row.plan as Prisma.InputJsonValue | null
}

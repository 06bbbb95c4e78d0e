import { AppError } from '../../model/errors.ts'
import {
  PlanTemplate,
  type SetTemplate,
  type TemplateKind,
  type TemplatesView,
  type TemplateVersions,
} from '../../model/success-plan-api.ts'
import { namesOf, savePeople } from '../../store/customers.ts'
import { type Trx, violationOf } from '../../store/database.ts'
import { addTemplateVersion, findTemplates, findTemplateVersions, lockTemplate, removeTemplate, saveTemplate } from '../../store/lists.ts'
import type { Row } from '../../store/tables.ts'
import type { Context } from '../context.ts'
import { recordInstallation } from '../events/record.ts'
import { invalidField } from '../invalid-field.ts'
import { STARTERS } from '../notes/note-templates.ts'
import { type Actor, authorize } from '../policy.ts'
import { shippedPlans } from '../success-plan/templates.ts'

type At = Readonly<{ kind: TemplateKind; id: string }>

/** The installation's own templates of one kind. */
export async function getTemplates(context: Context, actor: Actor, kind: TemplateKind): Promise<TemplatesView> {
  authorize(actor, 'see-customer')
  const rows = await findTemplates(context.db, kind)
  const names = await namesOf(
    context.db,
    rows.flatMap(row => row.changed_by ?? []),
  )
  return {
    templates: rows.map(row => ({
      kind,
      id: row.id,
      title: row.title,
      language: row.language,
      body: row.body,
      changedBy: (row.changed_by && names.get(row.changed_by)) ?? null,
      changedAt: row.changed_at,
      version: row.version,
    })),
    shipped: shippedOf(kind).filter(each => kind !== 'note' || !rows.some(row => row.id === each.id)),
  }
}

function shippedOf(kind: TemplateKind): TemplatesView['shipped'] {
  switch (kind) {
    case 'note':
      return STARTERS
    case 'success-plan':
      return shippedPlans()
    case 'agenda':
      return []
  }
}

const MOST_VERSIONS = 50

/** How a template was, and who changed it; nothing for one that there never was. */
export async function getTemplateVersions(context: Context, actor: Actor, { kind, id }: At): Promise<TemplateVersions> {
  authorize(actor, 'see-customer')
  return { versions: await findTemplateVersions(context.db, kind, id, MOST_VERSIONS) }
}

/**
 * Adds a template or changes one; what was begun with it stays as it is. Throws `conflict` with both when somebody else changed it after
 * `version`, `invalid-input` for a success plan that cannot be read.
 */
export async function setTemplate(
  context: Context,
  actor: Actor,
  { kind, id, version, ...input }: SetTemplate & At,
): Promise<TemplatesView> {
  authorize(actor, 'change-lists')
  const body = kind === 'success-plan' ? checkedPlan(input.body) : input.body
  const at = context.now().toISOString()
  await inOneStep(context, async trx => {
    const before = await lockTemplate(trx, kind, id)
    if (before && before.title === input.title && before.language === input.language && before.body === body) return
    refuseLostUpdate(before, version, { ...input, body })
    await savePeople(trx, [{ id: actor.personId, name: actor.name }])
    await addTemplateVersion(trx, { kind, id, content: { ...input, body }, by: actor.personId, at })
    const changed = { changed_by: actor.personId, changed_at: at, version: version + 1 }
    await saveTemplate(trx, { kind, id, ...input, body, ...changed })
    await record(trx, context, actor, 'template-saved', { kind, id, before, after: { ...input, body } })
  })
  return getTemplates(context, actor, kind)
}

/** Throws `not-found` when it is not there, `conflict` when somebody changed it after `version`. */
export async function deleteTemplate(
  context: Context,
  actor: Actor,
  { kind, id, version }: At & Readonly<{ version: number }>,
): Promise<TemplatesView> {
  authorize(actor, 'change-lists')
  const at = context.now().toISOString()
  await inOneStep(context, async trx => {
    const before = await lockTemplate(trx, kind, id)
    if (!before) throw new AppError('not-found', `there is no template ${id}`)
    refuseLostUpdate(before, version, null)
    await savePeople(trx, [{ id: actor.personId, name: actor.name }])
    await addTemplateVersion(trx, { kind, id, content: null, by: actor.personId, at })
    await removeTemplate(trx, kind, id)
    await record(trx, context, actor, 'template-removed', { kind, id, before, after: null })
  })
  return getTemplates(context, actor, kind)
}

/** Two who add the same one at once both find none; the second is told so. */
async function inOneStep(context: Context, run: (trx: Trx) => Promise<void>): Promise<void> {
  try {
    await context.db.transaction().execute(run)
  } catch (error) {
    if (violationOf(error)?.constraint !== 'template_version_pkey') throw error
    throw new AppError('conflict', 'somebody else saved this template at the same moment')
  }
}

type Content = Readonly<{ title: string; language: string; body: string }>

function refuseLostUpdate(before: Row<'template'> | undefined, version: number, yours: Content | null): void {
  const present = before?.version ?? 0
  if (version > present) throw new AppError('invalid-input', `version ${version} is not yet there`)
  if (version === present) return
  const theirs = before && { title: before.title, language: before.language, body: before.body }
  throw new AppError('conflict', 'somebody else changed this template meanwhile', { details: { theirs, yours, version: present } })
}

const record = (
  trx: Trx,
  context: Context,
  actor: Actor,
  kind: string,
  { before, after, ...at }: At & Readonly<{ before: Row<'template'> | undefined; after: Content | null }>,
) =>
  recordInstallation(trx, context, actor, {
    kind,
    data: {
      template: at.kind,
      id: at.id,
      before: before ? { title: before.title, language: before.language, body: before.body } : null,
      after,
    },
  })

function checkedPlan(body: string): string {
  const parsed = PlanTemplate.safeParse(jsonOf(body))
  const issue = parsed.error?.issues[0]
  if (issue) throw invalidField('body', `${issue.path.join('.')}: ${issue.message}`)
  return JSON.stringify(parsed.data)
}

function jsonOf(body: string): unknown {
  try {
    return JSON.parse(body)
  } catch {
    throw invalidField('body', 'a success plan is JSON')
  }
}

import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import { AppError } from '../../model/errors.ts'
import type { ChangeView, SavedViews, SaveView, SetDefaultView } from '../../model/portfolio-api.ts'
import { violationOf } from '../../store/database.ts'
import { deleteView, findPreference, findView, findViews, insertView, savePreference, updateView } from '../../store/saved-views.ts'
import type { Context } from '../context.ts'
import { type Actor, authorize } from '../policy.ts'

type Screen = SaveView['screen']
const Kept = z.record(z.string(), z.union([z.string(), z.boolean(), z.number()]))
const preferenceOf = (screen: Screen) => `${screen}.view`

/** One's own views of a screen and those others share, and which one it opens with. */
export async function getViews(context: Context, actor: Actor, screen: Screen): Promise<SavedViews> {
  authorize(actor, 'see-own')
  const views = await findViews(context.db, screen, actor.personId)
  const chosen = await findPreference(context.db, actor.personId, preferenceOf(screen))
  return {
    views: views.map(({ id, name, person_id, by, is_shared, search, version }) => ({
      id,
      name,
      by: person_id === actor.personId ? null : by,
      shared: is_shared,
      // Written by `saveView`, from the same schema.
      search: Kept.parse(search),
      version,
    })),
    // A view that is gone or not shared any more opens nothing.
    default: views.find(view => view.id === chosen)?.id ?? null,
  }
}

export async function saveView(context: Context, actor: Actor, input: SaveView): Promise<SavedViews> {
  authorize(actor, 'change-own')
  const { screen, name, shared, search } = input
  const row = { id: randomUUID(), screen, person_id: actor.personId, name, is_shared: shared, search: JSON.stringify(search) }
  await refusingSameName(name, () => context.db.transaction().execute(trx => insertView(trx, row)))
  return getViews(context, actor, screen)
}

/** Throws `conflict` when it was changed since `version`: from another window, as only its owner may. */
export async function changeView(context: Context, actor: Actor, id: string, input: ChangeView): Promise<SavedViews> {
  authorize(actor, 'change-own')
  const { screen } = await ownView(context, actor, id)
  const { name, shared, search, version } = input
  const isDone = await refusingSameName(name, () =>
    context.db.transaction().execute(trx => updateView(trx, { id, version, name, is_shared: shared, search: JSON.stringify(search) })),
  )
  if (!isDone) throw new AppError('conflict', 'the view was changed meanwhile')
  return getViews(context, actor, screen)
}

export async function removeView(context: Context, actor: Actor, id: string): Promise<SavedViews> {
  authorize(actor, 'change-own')
  const { screen } = await ownView(context, actor, id)
  await context.db.transaction().execute(trx => deleteView(trx, id))
  return getViews(context, actor, screen)
}

export async function setDefaultView(context: Context, actor: Actor, { screen, view }: SetDefaultView): Promise<SavedViews> {
  authorize(actor, 'change-own')
  if (view !== null && (await findView(context.db, view))?.screen !== screen) throw missing(view)
  await savePreference(context.db, actor.personId, preferenceOf(screen), view)
  return getViews(context, actor, screen)
}

const missing = (id: string) => new AppError('not-found', `there is no view ${id}`)

/** Somebody else's is shown, and changed by nobody but them. */
async function ownView(context: Context, actor: Actor, id: string): Promise<{ screen: Screen }> {
  const view = await findView(context.db, id)
  if (!view || (view.screen !== 'portfolio' && view.screen !== 'today')) throw missing(id)
  if (view.person_id !== actor.personId) throw new AppError('forbidden', 'a shared view is changed by the one who saved it')
  return { screen: view.screen }
}

async function refusingSameName<T>(name: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (violationOf(error)?.code !== '23505') throw error
    throw new AppError('conflict', `you have a view called ${name} already`, { cause: error })
  }
}

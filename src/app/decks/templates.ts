import { shippedSlides } from '../../deck/templates.ts'
import { DECK_LOCALES, type DeckTemplates } from '../../model/deck.ts'
import type { ChangeDeckTemplates, DeckTemplatesView } from '../../model/deck-api.ts'
import { AppError } from '../../model/errors.ts'
import { type DeckBrand, getDeckBrand, lockDeckBrand, saveDeckTemplates } from '../../store/review-decks.ts'
import type { Context } from '../context.ts'
import { recordInstallation } from '../events/record.ts'
import { type Actor, authorize } from '../policy.ts'

type Needed = Pick<Context, 'db' | 'playbook'>

/** Words and slides of this installation on every deck, beside those that are shipped. */
export async function getTemplates(context: Needed, actor: Actor): Promise<DeckTemplatesView> {
  authorize(actor, 'change-settings')
  return viewOf(context, await getDeckBrand(context.db))
}

/** For data that is taken from now on: decks that are kept stay as they are. Throws `conflict` when they were changed since `version`. */
export async function changeTemplates(context: Context, actor: Actor, input: ChangeDeckTemplates): Promise<DeckTemplatesView> {
  authorize(actor, 'change-settings')
  const { version } = input
  const templates = withoutEmpty(input.templates)
  return context.db.transaction().execute(async trx => {
    const before = await lockDeckBrand(trx)
    if (version > before.templates_version) throw new AppError('invalid-input', `version ${version} is not yet there`)
    if (version < before.templates_version) {
      throw new AppError('conflict', 'somebody else changed the template slides meanwhile', {
        details: { theirs: before.templates, yours: templates, version: before.templates_version },
      })
    }
    await saveDeckTemplates(trx, templates)
    await recordInstallation(trx, context, actor, { kind: 'deck-templates-changed', data: { slides: namesOf(templates) } })
    return viewOf(context, await getDeckBrand(trx))
  })
}

/** A language or slide of which nothing is replaced is not kept. */
function withoutEmpty(templates: DeckTemplates): DeckTemplates {
  const kept: DeckTemplates = {}
  for (const locale of DECK_LOCALES) {
    const { slides = {}, own = [] } = templates[locale] ?? {}
    const replaced = Object.fromEntries(Object.entries(slides).filter(([, each]) => Object.keys(each ?? {}).length > 0))
    const language = { ...(Object.keys(replaced).length > 0 && { slides: replaced }), ...(own.length > 0 && { own }) }
    if (Object.keys(language).length > 0) kept[locale] = language
  }
  return kept
}

/** Which slides have words of their own, and which are added: texts are not repeated in the record of what was done. */
const namesOf = (templates: DeckTemplates) =>
  DECK_LOCALES.flatMap(locale => {
    const { slides = {}, own = [] } = templates[locale] ?? {}
    return [...Object.keys(slides), ...own.map(({ id }) => id)].map(slide => `${locale}: ${slide}`)
  })

const viewOf = ({ playbook }: Pick<Context, 'playbook'>, brand: DeckBrand): DeckTemplatesView => ({
  templates: brand.templates,
  shipped: { en: shippedSlides(playbook, 'en'), 'pt-BR': shippedSlides(playbook, 'pt-BR') },
  version: brand.templates_version,
})

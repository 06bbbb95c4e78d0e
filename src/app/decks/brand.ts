import { readFile } from 'node:fs/promises'
import { pictureFault } from '../../deck/picture.ts'
import type { DeckExtras } from '../../model/deck.ts'
import type { ChangeDeckBrand, DeckBrandView } from '../../model/deck-api.ts'
import { AppError } from '../../model/errors.ts'
import { type DeckBrand, getDeckBrand, lockDeckBrand, saveDeckBrand } from '../../store/review-decks.ts'
import type { Context } from '../context.ts'
import { recordInstallation } from '../events/record.ts'
import { invalidField } from '../invalid-field.ts'
import { type Actor, authorize } from '../policy.ts'

/** Who presents, on every deck of this installation. */
export async function getBrand({ db }: Pick<Context, 'db'>, actor: Actor): Promise<DeckBrandView> {
  authorize(actor, 'change-settings')
  return viewOf(await getDeckBrand(db))
}

/** For data that is taken from now on: decks that are kept stay as they are. Throws `conflict` when it was changed since `version`. */
export async function changeBrand(context: Context, actor: Actor, { version, ...wanted }: ChangeDeckBrand): Promise<DeckBrandView> {
  authorize(actor, 'change-settings')
  return context.db.transaction().execute(async trx => {
    const before = await lockDeckBrand(trx)
    if (version > before.version) throw new AppError('invalid-input', `version ${version} is not yet there`)
    if (version < before.version) {
      const { version: current, ...theirs } = viewOf(before)
      throw new AppError('conflict', 'somebody else changed these settings meanwhile', {
        details: { theirs, yours: wanted, version: current },
      })
    }
    if (before.name === wanted.name && before.colour === wanted.colour) return viewOf(before)
    await saveDeckBrand(trx, wanted)
    await recordInstallation(trx, context, actor, { kind: 'deck-brand-changed', data: { after: wanted } })
    return viewOf(await getDeckBrand(trx))
  })
}

/** Throws before a file is read. */
export const mayChangeBrand = (actor: Actor): void => authorize(actor, 'change-settings')

/** The logo from a file; null takes it away. Throws `invalid-input` for what is not a PNG or JPEG that can be drawn. */
export async function changeLogo(context: Context, actor: Actor, path: string | null): Promise<DeckBrandView> {
  authorize(actor, 'change-settings')
  const content = path === null ? null : await readFile(path)
  const type = content && (content[0] === 0x89 ? 'image/png' : 'image/jpeg')
  if (content && type) {
    const fault = pictureFault({ type, base64: content.toString('base64') })
    if (fault === 'too-large') throw invalidField('file', 'a logo has at most 4,000 pixels on each side')
    if (fault !== null) throw invalidField('file', 'expected a PNG or JPEG picture')
  }
  return context.db.transaction().execute(async trx => {
    await lockDeckBrand(trx)
    await saveDeckBrand(trx, { logo: content, logo_type: type })
    await recordInstallation(trx, context, actor, {
      kind: 'deck-brand-changed',
      data: { logo: content && { type, bytes: content.length } },
    })
    return viewOf(await getDeckBrand(trx))
  })
}

/** As the deck takes it. */
export function brandOf({ name, colour, logo, logo_type: type }: DeckBrand): NonNullable<DeckExtras['brand']> {
  return {
    ...(name === null ? {} : { name }),
    ...(colour === null ? {} : { colour }),
    ...(logo === null || type === null ? {} : { logo: { type, base64: logo.toString('base64') } }),
  }
}

const viewOf = ({ name, colour, logo, logo_type: type, version }: DeckBrand): DeckBrandView => ({
  name,
  colour,
  logo: logo === null || type === null ? null : { type, bytes: logo.length },
  version,
})

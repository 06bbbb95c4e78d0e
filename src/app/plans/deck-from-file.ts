import { renameSync, rmSync, writeFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { deckOf } from '../../deck/content.ts'
import { deckFile } from '../../deck/files.ts'
import { decide, faultsIn } from '../../engine/decide.ts'
import { DECK_FORMATS, DECK_LOCALES, type DeckFormat, DeckLocale } from '../../model/deck.ts'
import { AppError } from '../../model/errors.ts'
import type { Diagnostic } from '../../model/playbook.ts'
import { readDeckExtras } from '../../playbook/read-deck-extras.ts'
import { type PlanRequest, readInputs, textOf } from './from-file.ts'

export type DeckRequest = PlanRequest & { out: string; locale?: string; extras?: string }
export type WrittenDeck = Readonly<{ file: string; format: DeckFormat; date: string; locale: DeckLocale; slides: number; bytes: number }>

/**
 * Writes the review deck for the customer of a facts file. Nothing is written, and `written` is null, when the facts or extras cannot be read;
 * other faults are told beside the deck. Throws `invalid-input` for a locale, an ending or a place that cannot be.
 */
export async function deckFromFile(request: DeckRequest, now: Date): Promise<{ written: WrittenDeck | null; diagnostics: Diagnostic[] }> {
  const [locale, format] = [localeFrom(request.locale ?? 'en'), formatOf(request.out)]
  const { playbook, inputs, today, diagnostics } = readInputs(request, now)
  const { extras, diagnostics: faults } =
    request.extras === undefined ? { extras: {}, diagnostics: [] } : readDeckExtras(textOf(request.extras), request.extras)
  if (!inputs || !extras) return { written: null, diagnostics: [...diagnostics, ...faults] }
  const { history } = inputs
  // The folders of a machine are nobody's business on a slide, and would make other bytes of the same facts.
  const facts = { ...inputs.facts, sources: { '': { source: basename(request.facts), asOf: null } } }
  const plan = decide(playbook, facts, history, today, { proofs: false })
  const deck = deckOf({ playbook, facts, history, plan, locale, extras })
  const bytes = await deckFile(deck, format)
  replaceFile(request.out, bytes)
  return {
    written: { file: request.out, format, date: today, locale, slides: deck.slides.length, bytes: bytes.length },
    diagnostics: [...diagnostics, ...faultsIn(playbook, inputs.facts, history, today)],
  }
}

function localeFrom(text: string): DeckLocale {
  const locale = DeckLocale.safeParse(text)
  if (!locale.success) throw new AppError('invalid-input', `there is no deck in "${text}"; expected ${DECK_LOCALES.join(' or ')}`)
  return locale.data
}

function formatOf(out: string): DeckFormat {
  const format = DECK_FORMATS.find(each => out.toLowerCase().endsWith(`.${each}`))
  if (!format) throw new AppError('invalid-input', `${out} ends in neither .${DECK_FORMATS.join(' nor .')}`)
  return format
}

/** All or nothing: whoever reads the file meanwhile finds the old one or the new one. */
function replaceFile(path: string, bytes: Uint8Array): void {
  const beside = join(dirname(path), `.${basename(path)}.${process.pid}.part`)
  try {
    writeFileSync(beside, bytes)
    renameSync(beside, path)
  } catch (error) {
    rmSync(beside, { force: true })
    throw new AppError('invalid-input', `${path} cannot be written`, { cause: error })
  }
}

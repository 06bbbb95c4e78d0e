import type { Command } from 'commander'
import { type DeckRequest, deckFromFile } from '../app/plans/deck-from-file.ts'
import { planOptions, tell } from './plan.ts'
import { print } from './print.ts'

/** `review deck`: the deck of a success review, editable, from a facts file. */
export function addReviewDeck(program: Command): void {
  const review = program.command('review').description('work with success reviews')
  planOptions(review.command('deck').description('write the deck of the success review for the customer of a facts file'))
    .requiredOption('--out <file>', 'where to write it; ends in .pptx (editable) or .pdf')
    .option('--locale <locale>', 'language of the deck: en or pt-BR', 'en')
    .option('--extras <file>', 'brand, narratives, blockers, next steps and what else the facts cannot hold, YAML or JSON')
    .action(async (options: DeckRequest & { json?: boolean }) => {
      const { written, diagnostics } = await deckFromFile(options, new Date())
      const text = () => (written ? `${written.file}: ${written.slides} topics, ${written.bytes} bytes` : '')
      print({ ...written, diagnostics }, { json: options.json, text })
      tell(diagnostics)
    })
}

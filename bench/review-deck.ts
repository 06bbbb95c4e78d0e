import pptxgen from 'pptxgenjs'
import { compileFolder } from '../src/app/playbooks/files.ts'
import { deckOf } from '../src/deck/content.ts'
import { deckFile } from '../src/deck/files.ts'
import { measurer } from '../src/deck/fonts.ts'
import { layOut } from '../src/deck/page/lay-out.ts'
import { inputFor, SOME_EXTRAS, SOME_FACTS } from '../src/deck/testing.ts'
import { type Bench, compared, interleave } from './measure.ts'

const RUNS = 9

/** A deck from facts to bytes, against a file of as many pages with one word each: what the file format itself costs. */
export const bench: Bench = async () => {
  const { playbook } = compileFolder('playbooks/microsoft-365-success')
  const deckFor = () => deckOf(inputFor(playbook, SOME_FACTS, { extras: SOME_EXTRAS, locale: 'pt-BR' }))
  const { pages } = layOut(deckFor(), measurer())
  const size = `${pages.length} pages, 2 charts`
  const pptx = await interleave(
    RUNS,
    () => deckFile(deckFor(), 'pptx'),
    () => bare(pages.length),
  )
  const pdf = await interleave(
    RUNS,
    () => deckFile(deckFor(), 'pdf'),
    () => bare(pages.length),
  )
  const against = { against: 'bare pptxgenjs file', kind: 'limit', unit: 'ms', size, runs: RUNS } as const
  return [compared({ name: 'review-deck', ...against, ...pptx }), compared({ name: 'review-deck-pdf', ...against, ...pdf })]
}

async function bare(pageCount: number): Promise<unknown> {
  // As in src/deck/pptx.ts: the types are those of another build.
  const file = new (pptxgen as unknown as typeof pptxgen.default)()
  for (let page = 1; page <= pageCount; page++) file.addSlide().addText(`Page ${page}`, { x: 1, y: 1, w: 5, h: 1 })
  return file.write({ outputType: 'nodebuffer' })
}

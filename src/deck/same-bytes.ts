import JSZip from 'jszip'
import type { ChartData } from '../model/deck.ts'
import type { Day } from '../model/words.ts'
import { workbookOf } from './workbook.ts'

type Made = Readonly<{ day: Day; locale: string; charts: readonly ChartData[] }>
type Parts = Map<string, string | Uint8Array>

/** What a zip entry's time can begin with. */
const NO_TIME = new Date('1980-01-01T00:00:00Z')

/**
 * The presentation that the library wrote, made independent of when and how often it wrote one in this process, and with its mistakes mended:
 * times, the numbers in the names of charts, the order of entries; workbooks, empty values, types of parts that are not there, shape ids
 * given twice, notes without paragraphs, and everything else being American English.
 */
export async function sameBytes(written: Uint8Array, made: Made): Promise<Uint8Array> {
  const parts = await partsOf(written)
  const renamed = renameCharts(parts, made.charts.length)
  for (const [path, content] of renamed) {
    if (typeof content === 'string') renamed.set(path, mended(path, content, made, renamed))
  }
  for (const [at, chart] of made.charts.entries()) renamed.set(workbookPath(at + 1), await workbookOf(chart, pack))
  const zip = new JSZip()
  for (const path of [...renamed.keys()].sort(byPart)) zip.file(path, renamed.get(path) ?? '')
  return pack(zip)
}

const workbookPath = (number: number) => `ppt/embeddings/Microsoft_Excel_Worksheet${number}.xlsx`

/** Text parts as text, the others as bytes; folders are left out. */
async function partsOf(written: Uint8Array): Promise<Parts> {
  const zip = await JSZip.loadAsync(written)
  const files = Object.values(zip.files).filter(each => !each.dir)
  const isText = (name: string) => /\.(xml|rels)$/.test(name)
  return new Map(
    await Promise.all(files.map(async file => [file.name, await file.async(isText(file.name) ? 'string' : 'uint8array')] as const)),
  )
}

/** The library counts charts through the whole life of the process; here they count from 1 in every deck. */
function renameCharts(parts: Parts, count: number): Parts {
  const numbers = [...parts.keys()]
    .flatMap(path => /^ppt\/charts\/chart(\d+)\.xml$/.exec(path)?.[1] ?? [])
    .map(Number)
    .sort((one, other) => one - other)
  if (numbers.length !== count) throw new Error(`the presentation has ${numbers.length} charts, expected ${count}`)
  const now = new Map(numbers.map((number, at) => [String(number), String(at + 1)]))
  const rename = (text: string) =>
    text.replace(
      /(charts\/(?:_rels\/)?chart|Microsoft_Excel_Worksheet)(\d+)(?=\.xml|\.xlsx)/g,
      (_, name: string, number: string) => `${name}${now.get(number)}`,
    )
  const namesParts = (path: string) => path.endsWith('.rels') || path === '[Content_Types].xml'
  return new Map(
    [...parts].map(([path, content]) => [rename(path), typeof content === 'string' && namesParts(path) ? rename(content) : content]),
  )
}

function mended(path: string, text: string, { day, locale }: Made, parts: Parts): string {
  if (path === '[Content_Types].xml') return withoutMissing(text, parts)
  if (path === 'docProps/core.xml') return text.replace(/(<dcterms:(?:created|modified)[^>]*>)[^<]*/g, `$1${day}T00:00:00Z`)
  const told = text.replaceAll(' lang="en-US"', ` lang="${locale}"`)
  if (path.startsWith('ppt/charts/chart')) return told.replace(/<c:pt idx="\d+"><c:v><\/c:v><\/c:pt>/g, '')
  if (path.startsWith('ppt/notesSlides/notesSlide')) return withParagraphs(told)
  return path.startsWith('ppt/slides/slide') ? withOwnIds(told) : told
}

/** The library names one slide master per slide and has one. */
const withoutMissing = (text: string, parts: Parts) =>
  text.replace(/\s*<Override PartName="\/([^"]*)"[^>]*\/>/g, (whole, path: string) => (parts.has(path) ? whole.trim() : ''))

/** The library counts tables apart from other shapes, so that two may get the same id. */
function withOwnIds(text: string): string {
  let id = 0
  return text.replace(/<p:cNvPr id="\d+"/g, () => `<p:cNvPr id="${++id}"`)
}

/** The library writes all notes as one run; a line break inside a run is a space to programs. */
const withParagraphs = (text: string) =>
  text.replace(
    /<a:p><a:r>(<a:rPr [^>]*\/>)<a:t>([^<]*)<\/a:t><\/a:r><a:endParaRPr[^>]*\/><\/a:p>/,
    (_, properties: string, notes: string) =>
      notes
        .split(/\r?\n/)
        .map(line => (line === '' ? '<a:p/>' : `<a:p><a:r>${properties}<a:t>${line}</a:t></a:r></a:p>`))
        .join(''),
  )

/** What says of what kind the parts are comes first: some programs look nowhere else for it. */
function byPart(one: string, other: string): number {
  const place = (path: string) => (path === '[Content_Types].xml' ? 0 : path === '_rels/.rels' ? 1 : 2)
  return place(one) - place(other) || (one < other ? -1 : 1)
}

/** As bytes that hold neither the time nor the machine. */
export function pack(zip: JSZip): Promise<Uint8Array> {
  for (const file of Object.values(zip.files)) file.date = NO_TIME
  return zip.generateAsync({ type: 'uint8array', compression: 'DEFLATE', compressionOptions: { level: 6 }, platform: 'DOS' })
}

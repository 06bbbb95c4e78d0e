import { kebab } from '../text.ts'

const LOCALE_SUFFIX = /[.-](?:en|es|de|pr|pt|pt-br|jp|ja|sc|zh|zh-hans|md)$/i
const AUDIENCE_SUFFIX = /-(?:partner|customer|ftc)$/i
const PHASE_PREFIX = /^(?:initiate|assess|remediate|enable|migrate|success|approach|phase|multiple-phases)-/

/** File name without folder, ending, language and audience; and whether anything but the ending went. */
function stemOf(path: string): { stem: string; wasSuffixed: boolean } {
  const name = (path.split('#')[0] ?? '').split(/[\\/]/).at(-1) ?? ''
  const bare = name.replace(/\.md$/i, '')
  let stem = bare
  for (let previous = ''; previous !== stem; ) {
    previous = stem
    stem = stem.replace(LOCALE_SUFFIX, '').replace(AUDIENCE_SUFFIX, '')
  }
  return { stem: canonicalStem(stem), wasSuffixed: stem !== bare }
}

/** `kick-off` and `kickoff` are one word here. */
const canonicalStem = (stem: string): string => kebab(stem).replace(/kick-off/g, 'kickoff')

/**
 * The process a page file belongs to. A phase in front of the name goes, unless the name would not be one any more:
 * `enable-services` is a process, `success-conduct-success-review` is one with its phase.
 */
export function processIdOf(path: string, description?: string): string {
  const { stem, wasSuffixed } = stemOf(path)
  const short = stem.replace(PHASE_PREFIX, '')
  if (short === stem || short === '') return stem || kebab(description ?? '') || 'page'
  const described = canonicalStem((description ?? '').split(/\s[-–—]\s/).at(-1) ?? '')
  if (described === stem || described === short) return described
  return wasSuffixed || short.includes('-') ? short : stem
}

/** The process a link means, of those there are: real links misname their target in a few ways. */
export function findProcess(href: string, known: ReadonlySet<string>): string | null {
  const { stem } = stemOf(href)
  for (const name of [stem, stem.replace(PHASE_PREFIX, '')]) {
    for (const id of [name, `conduct-${name}`, name.replace(/s$/, ''), `${name}s`]) if (known.has(id)) return id
  }
  return null
}

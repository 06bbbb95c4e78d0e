import type { Checks } from './check.ts'

export const PAGE_CHECKS = {
  'page/too-long': { severity: 'warning', about: 'A page is longer than anyone reads; the rest is left out.', examples: [] },
  'page/conflict': {
    severity: 'error',
    about: 'A merge was not finished. The first side is read, and tasks that only the other side has are named.',
    examples: [],
  },
  'page/heading': {
    severity: 'warning',
    about: 'Hashes without a space behind them are no heading in Markdown; read as one all the same.',
    examples: [],
  },
  'page/front-matter': {
    severity: 'warning',
    about: 'A line of the front matter is not `key: value`; the other lines are still read.',
    examples: [],
  },
  'page/language': {
    severity: 'warning',
    about: 'No label of the page is known in any language, so steps and tasks are found by their shape only.',
    examples: [],
  },
  'page/no-title': { severity: 'warning', about: 'A page is named by its first-level heading.', examples: [] },
  'page/phase': {
    severity: 'warning',
    about: 'The value behind the phase label is no phase; the manifest may name the right one.',
    examples: [],
  },
  'page/locale': { severity: 'warning', about: 'The language of the labels is not the one the manifest gives the page.', examples: [] },
  'page/twice': { severity: 'error', about: 'Two pages are the same process in the same language.', examples: [] },
  'page/unreadable': { severity: 'error', about: 'The Markdown parser could not cope with the page.', examples: [] },
} as const satisfies Checks

import type { Checks } from './check.ts'
import { MANIFEST, page, ROW, STEP, TABLE } from './sample.ts'

export const PAGE_CHECKS = {
  'page/too-long': { severity: 'warning', about: 'A page is longer than anyone reads; the rest is left out.', examples: [] },
  'page/conflict': {
    severity: 'error',
    about: 'A merge was not finished. The first side is read, and tasks that only the other side has are named.',
    examples: [
      {
        name: 'both sides of a merge',
        pages: page(
          STEP +
            TABLE +
            '<<<<<<< STEP\n' +
            ROW +
            '=======\n| 11 | Call | O | FastTrack Manager | Teams |\n| 12 | Write | O | FastTrack Manager | Teams |\n>>>>>>> 4b48cb7\n',
        ),
        says: ['16:1 page/conflict Unexpected merge conflict: the first side is read; only the other side has task 12'],
      },
    ],
  },
  'page/heading': {
    severity: 'warning',
    about: 'Hashes without a space behind them are no heading in Markdown; read as one all the same.',
    examples: [
      {
        name: 'no space after the hashes',
        pages: page('# Plan\n\n##Overview\n\nText.\n'),
        says: ['3:1 page/heading Unexpected heading without a space after the hashes'],
      },
    ],
  },
  'page/front-matter': {
    severity: 'warning',
    about: 'A line of the front matter is not `key: value`; the other lines are still read.',
    examples: [
      {
        name: 'a key without a colon',
        pages: page(`---\ntitle: Plan\nauthor A. Author\nms.date: 5/2/19\n---\n${STEP}`),
        says: ['3:1 page/front-matter Unexpected text in the front matter, expected "key: value"'],
      },
    ],
  },
  'page/language': {
    severity: 'warning',
    about: 'No label of the page is known in any language, so steps and tasks are found by their shape only.',
    examples: [
      {
        name: 'labels of no known language',
        pages: page('# Plano\n\n## Alirado\n\n### Voko\n\nTeksto.\n'),
        says: ['1:1 page/language Unexpected language: no label of the page is known'],
      },
    ],
  },
  'page/no-title': {
    severity: 'warning',
    about: 'A page is named by its first-level heading.',
    examples: [
      {
        name: 'no first-level heading',
        pages: page('## Overview\n\nText.\n'),
        says: ['1:1 page/no-title Unexpected page without a first-level heading'],
      },
    ],
  },
  'page/phase': {
    severity: 'warning',
    about: 'The value behind the phase label is no phase; the manifest may name the right one.',
    examples: [
      {
        name: 'a phase nobody knows',
        pages: page('# Plan\n\nPhase: **essentials**\n\n## Overview\n'),
        says: ['3:1 page/phase Unexpected phase "essentials"'],
      },
    ],
  },
  'page/locale': {
    severity: 'warning',
    about: 'The language of the labels is not the one the manifest gives the page.',
    examples: [
      {
        name: 'an English page listed as Portuguese',
        pages: page(STEP),
        manifest: `${MANIFEST}processes:\n  plan: { pages: { pt-BR: plan.md } }\n`,
        says: ['1:1 page/locale Unexpected language en, expected pt-BR as in the manifest'],
      },
    ],
  },
  'page/twice': {
    severity: 'error',
    about: 'Two pages are the same process in the same language.',
    examples: [
      {
        name: 'two files, one process',
        pages: { 'plan.md': STEP, 'success-plan-partner.md': STEP },
        says: ['1:1 page/twice Unexpected second page of plan in en'],
      },
    ],
  },
  'page/unreadable': { severity: 'error', about: 'The Markdown parser could not cope with the page.', examples: [] },
} as const satisfies Checks

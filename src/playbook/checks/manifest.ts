import type { Checks } from './check.ts'
import { MANIFEST, page, ROW, STEP, TABLE } from './sample.ts'

export const MANIFEST_CHECKS = {
  'manifest/syntax': {
    severity: 'error',
    about: 'The manifest is not YAML.',
    examples: [
      {
        name: 'a bracket never closed',
        pages: page(STEP),
        manifest: `${MANIFEST}phases: [\n`,
        says: ['4:1 manifest/syntax Unexpected YAML: Flow sequence in block collection must be sufficiently indented and end with a ]'],
      },
    ],
  },
  'manifest/unknown-key': {
    severity: 'error',
    about: 'The manifest has no such key.',
    examples: [
      {
        name: 'a misspelt key',
        pages: page(STEP),
        manifest: `${MANIFEST}proceses: {}\n`,
        says: ['3:1 manifest/unknown-key Unexpected key "proceses"'],
      },
    ],
  },
  'manifest/wrong-type': {
    severity: 'error',
    about: 'The value is of the wrong kind.',
    examples: [
      {
        name: 'a list where a text belongs',
        pages: page(STEP),
        manifest: 'id: [p]\nversion: "1"\n',
        says: ['1:5 manifest/wrong-type Unexpected value of id: Invalid input: expected string, received array'],
      },
    ],
  },
  'manifest/unknown-step': {
    severity: 'error',
    about: 'The page has no step of that number.',
    examples: [
      {
        name: 'a step too many',
        pages: page(STEP),
        manifest: `${MANIFEST}processes:\n  plan:\n    steps: { 2: { id: write } }\n`,
        says: ['5:14 manifest/unknown-step Unexpected step 2: plan.md has 1'],
      },
    ],
  },
  'manifest/unknown-task': {
    severity: 'error',
    about: 'The page has no task of that id.',
    examples: [
      {
        name: 'a misspelt id',
        pages: page(STEP + TABLE + ROW),
        manifest: `${MANIFEST}processes:\n  plan:\n    tasks: { "12": { when: csm.assigned } }\n`,
        says: ['5:14 manifest/unknown-task Unexpected task "12", which is not in plan.md'],
      },
    ],
  },
  'manifest/unknown-line': {
    severity: 'error',
    about: 'The checklist has no line of that number.',
    examples: [
      {
        name: 'a line too many',
        pages: page(`${STEP}\n## Key Inputs\n\n- Told.\n`),
        manifest: `${MANIFEST}processes:\n  plan:\n    checks: { inputs: [ { id: told, line: 2 } ] }\n`,
        says: ['5:43 manifest/unknown-line Unexpected line 2: the section has 1 items'],
      },
    ],
  },
  'manifest/unknown-reference': {
    severity: 'error',
    about: 'A process, task or service that does not exist.',
    examples: [
      {
        name: 'a process that does not exist',
        pages: page(STEP),
        manifest: `${MANIFEST}processes: { plan: {} }\noverall: { process: plna, task: "11" }\n`,
        says: ['4:21 manifest/unknown-reference Unexpected process "plna"'],
      },
    ],
  },
  'manifest/gate-cycle': {
    severity: 'error',
    about: 'A gate that leans on itself has no answer.',
    examples: [
      {
        name: 'two gates that lean on each other',
        pages: page(STEP),
        manifest:
          MANIFEST +
          'processes: { plan: {} }\ngates:\n  a: { name: { en: A }, rule: gate("b").met }\n  b: { name: { en: B }, rule: gate("a").met }\n',
        says: [
          '5:31 manifest/gate-cycle Unexpected circle: gate "a" leans on itself',
          '6:31 manifest/gate-cycle Unexpected circle: gate "b" leans on itself',
        ],
      },
    ],
  },
  'manifest/no-page': {
    severity: 'warning',
    about: 'None of the pages belongs to this process of the manifest, or to one of its languages.',
    examples: [
      {
        name: 'a translation that is not there',
        pages: page(STEP),
        manifest: `${MANIFEST}processes: { plan: { pages: { en: plan.md, pt-BR: plano.md } } }\n`,
        says: ['3:44 manifest/no-page Unexpected page "plano.md": plan has none in pt-BR'],
      },
      {
        name: 'a process without a page',
        pages: page(STEP),
        manifest: `${MANIFEST}processes: { plan: {}, review: {} }\n`,
        says: ['3:24 manifest/no-page Unexpected process "review": none of the pages is its'],
      },
    ],
  },
} as const satisfies Checks

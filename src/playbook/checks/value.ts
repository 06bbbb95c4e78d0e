import type { Checks } from './check.ts'
import { CHANGES, page, STEP } from './sample.ts'

const SPANISH = `# Plan

## Resumen de actualización

| Fecha | Quién cambió | Qué cambió |
| --- | --- | --- |
| 05/04/2020 | Ana | Texto |
`

export const VALUE_CHECKS = {
  'label/service': {
    severity: 'warning',
    about: 'A name behind the label of services is no service.',
    examples: [
      { name: 'a misspelt service', pages: page(STEP.replace('Teams', 'Teems')), says: ['10:1 label/service Unexpected service "Teems"'] },
    ],
  },
  'label/role': {
    severity: 'warning',
    about: 'A name behind the label of the role is no role.',
    examples: [
      {
        name: 'a misspelt role',
        pages: page(STEP.replace('FastTrack Manager', 'FastTrack Manger')),
        says: ['9:1 label/role Unexpected role "FastTrack Manger"'],
      },
    ],
  },
  'label/initiative': {
    severity: 'warning',
    about: 'A name behind the label of initiatives is no initiative.',
    examples: [
      {
        name: 'an unknown initiative',
        pages: page(`${STEP}Motions: **RFA / Growth**\n`),
        says: ['11:1 label/initiative Unexpected initiative "Growth"'],
      },
    ],
  },
  'label/more-roles': {
    severity: 'info',
    about: 'A step has one role; further ones are named here.',
    examples: [
      {
        name: 'two roles in one value',
        pages: page(STEP.replace('FastTrack Manager', 'FastTrack Manager; SME')),
        says: ['9:1 label/more-roles Unexpected further role subject-matter-expert, expected one'],
      },
    ],
  },
  'date/ambiguous': {
    severity: 'warning',
    about: 'Day and month could be either way round, and no other row of the table tells. The raw text is kept, the date left out.',
    examples: [
      {
        name: 'nothing in the table decides',
        pages: page(SPANISH),
        says: ['7:1 date/ambiguous Unexpected date "05/04/2020": it may be two days'],
      },
    ],
  },
  'date/unreadable': {
    severity: 'warning',
    about: 'The date does not exist or is in no known notation. The raw text is kept, the date left out.',
    examples: [
      {
        name: 'a slip of the keyboard',
        pages: page(`${CHANGES}| 10/018/2019 | Ana | Text |\n`),
        says: ['7:1 date/unreadable Unexpected date "10/018/2019"'],
      },
      {
        name: 'a day that does not exist',
        pages: page(`${CHANGES}| 2026-02-30 | Ana | Text |\n`),
        says: ['7:1 date/unreadable Unexpected date "2026-02-30"'],
      },
    ],
  },
} as const satisfies Checks

import type { Checks } from './check.ts'
import { PT_ROW, PT_STEP, PT_TABLE, pages, ROW, STEP, TABLE } from './sample.ts'

export const DRIFT_CHECKS = {
  'drift/step': {
    severity: 'error',
    about: 'A translation has a step more or less.',
    examples: [
      {
        name: 'a step that only one language has',
        pages: pages(STEP, `${PT_STEP}\n### Escrever\n\nFunção Principal: **Gerente FastTrack**\n`),
        says: ['12:1 drift/step Unexpected step "Escrever", which plan.md does not have'],
      },
    ],
  },
  'drift/task': {
    severity: 'error',
    about: 'A translation has a task more or less, or says something else about it.',
    examples: [
      {
        name: 'optional here, mandatory there',
        pages: pages(STEP + TABLE + ROW, PT_STEP + PT_TABLE + PT_ROW.replace('| b |', '| O |')),
        says: ['16:1 drift/task Unexpected mandatory false of task 11, expected true'],
      },
      {
        name: 'a task that only one language has',
        pages: pages(STEP + TABLE + ROW + ROW.replace('11', '12'), PT_STEP + PT_TABLE + PT_ROW),
        says: ['1:1 drift/task Unexpected lack of task 12, "Call" in plan.md'],
      },
    ],
  },
  'drift/list': {
    severity: 'error',
    about: 'A checklist or the next steps have more or fewer lines in a translation.',
    examples: [
      {
        name: 'a line that was not translated',
        pages: pages(`${STEP}\n## Key Inputs\n\n- One.\n- Two.\n`, `${PT_STEP}\n## Principais Ações\n\n- Um.\n`),
        says: ['1:1 drift/list Unexpected 1 key inputs, expected 2 as in plan.md'],
      },
    ],
  },
  'drift/label': {
    severity: 'error',
    about: 'Role, services or initiatives of a step differ in a translation.',
    examples: [
      {
        name: 'another service',
        pages: pages(STEP, PT_STEP.replace('Teams', 'Yammer')),
        says: ['7:1 drift/label Unexpected services yammer of step "Ligar", expected teams'],
      },
    ],
  },
  'drift/rule': {
    severity: 'error',
    about: 'A translation has a rule that the source page does not have.',
    examples: [
      {
        name: 'a rule of its own',
        pages: pages(`${STEP}When: \`csm.assigned\`\n`, `${PT_STEP}Quando: \`!csm.assigned\`\n`),
        says: ['11:10 drift/rule Unexpected rule "when", which the source page does not have'],
      },
    ],
  },
  'drift/phase': {
    severity: 'error',
    about: 'A translation names another phase.',
    examples: [
      {
        name: 'another phase',
        pages: pages(STEP, PT_STEP.replace('Sucesso', 'Ativar')),
        says: ['1:1 drift/phase Unexpected phase "enable", expected "success" as in plan.md'],
      },
    ],
  },
} as const satisfies Checks

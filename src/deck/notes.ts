import type { DeckLocale, SlideKind } from '../model/deck.ts'
import type { Playbook, Process } from '../model/playbook.ts'
import { lines, oneLine } from './clean.ts'
import { plainText } from './plain-text.ts'
import { inLanguage } from './teller.ts'
import { wordsIn } from './words.ts'

/** A part of the review's page: one of its sections, the step that holds the review's task, or a step by its id (contracts.md fixes those). */
type Guide = 'overview' | 'objectives' | 'key-inputs' | 'key-outputs' | 'next-steps' | 'meeting' | { step: string }

const DISCUSSIONS: Guide = { step: 'business-value-discussions' }
const REPORTS: Guide = { step: 'usage-reports' }

/** What of the playbook helps to present which slide. */
const GUIDANCE: Readonly<Record<SlideKind, readonly Guide[]>> = {
  title: ['overview', 'meeting'],
  start: ['overview'],
  achievements: ['key-inputs'],
  usage: [REPORTS],
  'usage-over-time': [REPORTS],
  metrics: ['key-inputs', REPORTS],
  delivered: ['meeting'],
  blockers: ['objectives'],
  momentum: ['objectives', 'key-outputs'],
  options: ['objectives', DISCUSSIONS],
  'next-steps': ['key-outputs', 'next-steps', 'meeting'],
  sources: [REPORTS],
}

type Of = Readonly<{ playbook: Playbook; locale: DeckLocale }>

/** Speaker notes from the playbook's guidance, in the language of the deck where the playbook has it. */
export function notesFor(of: Of, kind: SlideKind): string {
  const { playbook, locale } = of
  const words = wordsIn(locale)
  const process = playbook.processes.find(each => each.id === playbook.overall?.process)
  const found = process ? GUIDANCE[kind].map(guide => guidance(of, process, guide)).filter(text => text !== '') : []
  if (found.length === 0) return words('notes.none')
  return lines([words('notes.playbook'), ...found].join('\n\n'))
}

function guidance({ locale, playbook }: Of, process: Process, guide: Guide): string {
  const bullets = (of: Process['keyInputs']) => (of[locale] ?? of.en ?? []).map(each => `- ${plainText(each)}`).join('\n')
  const stepText = (step: Process['steps'][number] | undefined) =>
    step ? `${oneLine(inLanguage(step.title, locale))}\n${plainText(inLanguage(step.text, locale))}` : ''
  switch (guide) {
    case 'overview':
      return plainText(inLanguage(process.overview, locale))
    case 'objectives':
      return plainText(inLanguage(process.objectives, locale))
    case 'key-inputs':
      return bullets(process.keyInputs)
    case 'key-outputs':
      return bullets(process.keyOutputs)
    case 'next-steps':
      return process.nextSteps.map(each => `- ${plainText(inLanguage(each.text, locale))}`).join('\n')
    case 'meeting':
      return stepText(process.steps.find(step => step.tasks.some(task => task.id === playbook.overall?.task)))
    default:
      return stepText(process.steps.find(step => step.id === guide.step))
  }
}

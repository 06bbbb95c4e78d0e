import type { Change, RoleId, RuleKind } from '../../model/playbook.ts'
import type { ServiceId } from '../../model/services.ts'
import type { Initiative, Locale, Place } from '../../model/words.ts'
import type { PageLink } from './outline.ts'
import type { PageTask } from './tasks.ts'

/** One page as read, before the pages of several languages become one process: Lines count from 1. */
export type Page = {
  file: string
  locale: Locale
  title: string
  phase: string | null
  meta: Record<string, string>
  rules: RawRule[]
  overview: string
  objectives: string
  steps: PageStep[]
  keyInputs: string[]
  keyOutputs: string[]
  nextSteps: PageLink[]
  /** Every link of the page, for checking. */
  links: PageLink[]
  changes: Change[]
}

/** A rule as written; `place` is its first character. */
export type RawRule = { kind: RuleKind; source: string; place: Place }

export type PageStep = {
  title: string
  line: number
  text: string
  role: RoleId | null
  initiatives: Initiative[]
  /** Null when the page does not say. */
  services: 'all' | ServiceId[] | null
  links: PageLink[]
  rules: RawRule[]
  tasks: PageTask[]
  uncategorised: boolean
}

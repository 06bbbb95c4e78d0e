import type { Diagnostic } from '../../model/playbook.ts'
import type { Place } from '../../model/words.ts'
import { DRIFT_CHECKS } from './drift.ts'
import { LINK_CHECKS } from './link.ts'
import { MANIFEST_CHECKS } from './manifest.ts'
import { PAGE_CHECKS } from './page.ts'
import { RULE_CHECKS } from './rule.ts'
import { TASK_CHECKS } from './task.ts'
import { VALUE_CHECKS } from './value.ts'

/** Every code a diagnostic can have. */
export const CHECKS = {
  ...PAGE_CHECKS,
  ...VALUE_CHECKS,
  ...TASK_CHECKS,
  ...LINK_CHECKS,
  ...RULE_CHECKS,
  ...MANIFEST_CHECKS,
  ...DRIFT_CHECKS,
}
export type DiagnosticCode = keyof typeof CHECKS

/** Collects faults; the severity comes from the catalogue. */
export type Report = (code: DiagnosticCode, place: Place, message: string, help?: string | null) => void

export const reportInto =
  (diagnostics: Diagnostic[]): Report =>
  (code, { file, line, column }, message, help = null) => {
    diagnostics.push({ code, severity: CHECKS[code].severity, message, file, line, column, help })
  }

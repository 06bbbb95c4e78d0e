import type { Diagnostic, Rule, RuleKind } from '../../model/playbook.ts'
import type { Place } from '../../model/words.ts'
import type { ReadManifest } from '../manifest/read-manifest.ts'
import type { RawRule } from '../page/page.ts'
import { compileRule, type RuleScope } from '../rules/compile-rule.ts'
import type { Path } from '../yaml/read-yaml.ts'

/** What every rule of the playbook may name. */
export type Known = Pick<RuleScope, 'tasks' | 'gates' | 'services'>

/** Compiles rules of pages and manifest with the same words; a rule with a fault is left out and reported. */
export class RuleCompiler {
  private readonly known: Known
  private readonly diagnostics: Diagnostic[]

  constructor(known: Known, diagnostics: Diagnostic[]) {
    this.known = known
    this.diagnostics = diagnostics
  }

  compile(kind: RuleKind, source: string, place: Place, perService: boolean): Rule | null {
    const scope: RuleScope = { ...this.known, perService, returns: kind === 'due' ? 'date' : 'bool' }
    const { expression, diagnostics } = compileRule(source, place, scope)
    this.diagnostics.push(...diagnostics)
    return expression && { kind, source: source.replace(/\s*\n\s*/g, match => ' '.repeat(match.length)), ...place, expression }
  }

  all(rules: readonly RawRule[], perService: boolean): Rule[] {
    return rules.flatMap(each => this.compile(each.kind, each.source, each.place, perService) ?? [])
  }

  /** A rule of the manifest; null when the manifest has none there. */
  manifestRule(read: ReadManifest, path: Path, kind: RuleKind, perService: boolean): Rule | null {
    let value: unknown = read.manifest
    for (const key of path) value = (value as Record<string, unknown> | undefined)?.[key]
    return typeof value === 'string' ? this.compile(kind, value, read.source.textPlaceOf(path), perService) : null
  }

  manifestRules(read: ReadManifest, path: Path, kinds: readonly RuleKind[], perService: boolean): Rule[] {
    return kinds.flatMap(kind => this.manifestRule(read, [...path, kind], kind, perService) ?? [])
  }
}

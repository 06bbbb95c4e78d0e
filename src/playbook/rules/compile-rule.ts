import { type ASTNode, Environment } from '@marcbachmann/cel-js'
import type { Expression } from '../../model/expression.ts'
import type { Diagnostic } from '../../model/playbook.ts'
import type { Place } from '../../model/words.ts'
import { convert, type Report, type RuleScope } from './check-expression.ts'
import { describe, FAULT, isDay, shapeOf } from './rule-types.ts'

export type { RuleScope } from './check-expression.ts'

export type CompiledRule = { expression: Expression | null; diagnostics: Diagnostic[] }

/** Depth and size are limited so that no text can exhaust the stack of those who walk the tree. */
const parser = new Environment({
  unlistedVariablesAreDyn: true,
  limits: { maxAstNodes: 1000, maxDepth: 50, maxListElements: 200, maxMapEntries: 1, maxCallArguments: 8 },
})
/**
 * CEL text to an expression whose every name and literal can occur. `place` is where the first character of `source` stands.
 * Types are checked here and not by the parser's own checker, because only we know enumerations, dates and ids, and because
 * the message should name the nearest word. The expression is null when there is any fault.
 */
export function compileRule(source: string, place: Place, scope: RuleScope): CompiledRule {
  const diagnostics: Diagnostic[] = []
  const report: Report = (code, at, message, help = null) => {
    diagnostics.push({ code, severity: 'error', message, ...placeWithin(source, place, at), help })
    return FAULT
  }
  const ast = parse(source, report)
  if (!ast) return { expression: null, diagnostics }
  const { expression, type } = convert(ast, { scope, report, bound: new Map() })
  const shape = shapeOf(type)
  const fits = scope.returns === shape || (scope.returns === 'date' && type.kind === 'text-literal' && isDay(type.value))
  if (shape !== 'fault' && !fits) {
    report('rule/type', ast.start, `Unexpected ${describe(type)}, expected ${scope.returns === 'bool' ? 'yes or no' : 'a date'}`)
  }
  return { expression: diagnostics.length === 0 ? expression : null, diagnostics }
}

function parse(source: string, report: Report): ASTNode | null {
  try {
    return parser.parse(source).ast
  } catch (error) {
    const { range, summary, code } = error as { range?: { start: number }; summary?: string; code?: string }
    const macro = code === 'invalid_macro_argument'
    report(macro ? 'rule/type' : 'rule/syntax', range?.start ?? 0, summary ?? 'The rule cannot be read')
    return null
  }
}

/** Line and column of an offset into `source`; a rule may be wrapped over lines. */
function placeWithin(source: string, place: Place, at: number): Place {
  const before = source.slice(0, at)
  const lines = before.split('\n')
  const last = lines.at(-1) ?? ''
  return {
    file: place.file,
    line: place.line + lines.length - 1,
    column: lines.length === 1 ? place.column + last.length : last.length + 1,
  }
}

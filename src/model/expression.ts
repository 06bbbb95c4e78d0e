/**
 * A rule's expression as plain JSON: what the compiler makes of CEL text and what the engine evaluates.
 * `from` and `to` are offsets into the rule's source, so that a proof can quote the part it speaks of.
 */
type At = { readonly from: number; readonly to: number }

export type CompareOp = '==' | '!=' | '<' | '<=' | '>' | '>='
export type ArithmeticOp = '+' | '-' | '*'

export type Expression =
  | (At & { op: 'value'; value: boolean | number | string })
  /** A variable of the vocabulary, or one bound by `all`/`exists`. */
  | (At & { op: 'name'; name: string })
  | (At & { op: 'field'; of: Expression; name: string })
  /** A function of the vocabulary: `task`, `gate`, `accelerator`, `workingDays`, `daysAfter`, `dateIf`. */
  | (At & { op: 'call'; name: string; args: readonly Expression[] })
  | (At & { op: 'all' | 'exists'; of: Expression; bind: string; where: Expression })
  | (At & { op: 'and' | 'or'; left: Expression; right: Expression })
  | (At & { op: 'not'; of: Expression })
  | (At & { op: 'compare'; by: CompareOp; left: Expression; right: Expression })
  | (At & { op: 'in'; left: Expression; right: Expression })
  | (At & { op: 'arithmetic'; by: ArithmeticOp; left: Expression; right: Expression })
  | (At & { op: 'list'; items: readonly Expression[] })
  | (At & { op: 'if'; condition: Expression; yes: Expression; no: Expression })

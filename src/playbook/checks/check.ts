import type { Severity } from '../../model/playbook.ts'

/** Pages and manifest in, `line:column code message` out; run as tests and printed as the docs of the code. */
export type CheckExample = Readonly<{
  name: string
  pages: Readonly<Record<string, string>>
  manifest?: string
  says: readonly string[]
}>

export type Check = Readonly<{ severity: Severity; about: string; examples: readonly CheckExample[] }>
export type Checks = Readonly<Record<string, Check>>

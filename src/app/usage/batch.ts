import type { ImportResult } from '../../model/api.ts'
import { AppError } from '../../model/errors.ts'
import type { UsageProblem } from '../../model/usage.ts'
import type { Trx } from '../../store/database.ts'
import type { Row } from '../../store/tables.ts'
import type { UsageFile } from '../../usage/read-usage.ts'
import type { Context } from '../context.ts'
import type { Told } from '../events/record.ts'
import type { Actor } from '../policy.ts'

export type ImportInput = Readonly<{
  customerId: string
  tenantId: string
  /** `asDay`: the report was asked for that one day, and tells who was active on it and nothing else. */
  files: readonly UsageFile[]
  preview?: boolean
  /** How the files came; uploaded unless told. */
  origin?: Row<'usage_import'>['origin']
  /** Somebody said that files of disjoint mail domains are of one tenant all the same. */
  sameTenant?: boolean
}>
export type Named = UsageFile & { name: string }
/** What is known of a file before the whole import is. */
export type OwnResult = Omit<ImportResult, 'preview' | 'version' | 'gates' | 'services'> & { services: readonly string[] }
/** One import under way: what its parts share and add to. */
export type Batch = Readonly<{
  trx: Trx
  context: Context
  actor: Actor
  input: ImportInput
  tenant: Row<'tenant'>
  events: Told[]
  results: Map<string, OwnResult>
}>

/** Throws `invalid-input` with every fault, the first in the message. */
export function refuse(problems: readonly UsageProblem[]): void {
  const [first] = problems
  if (!first) return
  const faults = problems.map(({ code, file, line, message }) => ({ path: line === null ? file : `${file}:${line}`, message, code }))
  throw new AppError('invalid-input', `${first.file}${first.line === null ? '' : `:${first.line}`}: ${first.message}`, { details: faults })
}

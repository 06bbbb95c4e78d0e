import { AppError } from '../../model/errors.ts'
import type { Reason, ReasonUse } from '../../model/success-plan-api.ts'
import type { Text } from '../../model/words.ts'
import type { Db } from '../../store/database.ts'
import { findNewestReasons, findReasonsAsOf } from '../../store/lists.ts'
import { SHIPPED_REASONS } from './shipped-reasons.ts'

/** `version` 0 is the list that ships. */
export type Reasons = Readonly<{ version: number; reasons: readonly Reason[] }>

/** The list in force, retired reasons among it. */
export async function currentReasons(db: Db): Promise<Reasons> {
  return (await findNewestReasons(db)) ?? { version: 0, reasons: SHIPPED_REASONS }
}

/** Reasons to choose from now, in the order of the list, with the version to write beside the one that is chosen. */
export async function reasonsFor(db: Db, use: ReasonUse): Promise<Reasons> {
  const { version, reasons } = await currentReasons(db)
  return { version, reasons: reasons.filter(each => each.retired !== true && each.uses.includes(use)) }
}

/** Throws `invalid-input` naming `path` for a reason that cannot be chosen now; answers the version of the list to write beside it. */
export async function checkReason(db: Db, use: ReasonUse, id: string, path = 'reason'): Promise<number> {
  const { version, reasons } = await reasonsFor(db, use)
  if (reasons.some(each => each.id === id)) return version
  const message = `"${id}" is not one of the reasons: ${reasons.map(each => each.id).join(', ')}`
  throw new AppError('invalid-input', message, { details: [{ path, message }] })
}

export type GivenReason = Readonly<{ reason: string; version: number }>

/**
 * What reasons were called when they were given, under `reasonKey`. One query, however many; a reason that list does not hold goes by its
 * id.
 */
export async function reasonTexts(db: Db, given: readonly GivenReason[]): Promise<ReadonlyMap<string, Text>> {
  const own = [...new Set(given.map(each => each.version))].filter(version => version > 0)
  const lists = new Map([[0, SHIPPED_REASONS], ...(await findReasonsAsOf(db, own))])
  const textOf = ({ reason, version }: GivenReason): Text =>
    lists.get(version)?.find(each => each.id === reason)?.text ?? { en: reason, 'pt-BR': reason }
  return new Map(given.map(each => [reasonKey(each), textOf(each)]))
}

export const reasonKey = ({ reason, version }: GivenReason): string => `${version} ${reason}`

import { z } from 'zod'
import type { SignedIn } from '../app/auth/types.ts'
import type { Download } from '../app/exports/download.ts'
import type { Actor } from '../app/policy.ts'
import type { AccessRight } from '../model/api.ts'
import type { AnswerName } from './answers.ts'
import type { ApiContext } from './context.ts'

/** What a route's function is given: everything parsed, the caller known. */
export type Call<Params, Query, Body> = Readonly<{
  context: ApiContext
  /** Undefined when nobody is signed in, which only routes for everyone meet. */
  person: SignedIn | undefined
  actor: Actor
  params: Params
  query: Query
  body: Body
  /** Path of the uploaded file; empty for a route that takes none. */
  file: string
  /** Of the request: what a proxy said of it. */
  headers: Headers
}>

/**
 * One operation of the API. `rights` are those whose use case may let the caller through: the use case decides, this is for the
 * description and for the test that tries every right on every route.
 */
export type Route = Readonly<{
  method: 'get' | 'put' | 'delete' | 'post'
  /** Below `/api/v1`, parameters as `:name`. */
  path: string
  summary: string
  rights: 'everyone' | readonly AccessRight[]
  params: z.ZodObject
  query: z.ZodObject
  body: z.ZodType | null
  takesFile: boolean
  /** The largest file it takes, where that is less than what the server takes at all. */
  fileBytes: number | null
  /** Lets through whose file is taken, or throws, before a byte of it is read. */
  admit: ((call: Call<unknown, unknown, undefined>) => Promise<void>) | null
  /** The answer shows something once: it is never kept, and so the request takes no idempotency key. */
  isSecret: boolean
  /** `File`: what `run` answers is a `Download`. */
  answer: AnswerName | 'File'
  run: (call: Call<unknown, unknown, unknown>) => Promise<unknown>
}>

type Described<Params extends z.ZodObject, Query extends z.ZodObject, Body extends z.ZodType> = Readonly<{
  method: Route['method']
  path: string
  summary: string
  rights: Route['rights']
  params?: Params
  query?: Query
  body?: Body
  /** Takes a file, from whom this lets through: a large one of somebody who may not is never read. */
  admit?: (call: Call<z.infer<Params>, z.infer<Query>, undefined>) => Promise<void>
  fileBytes?: number
  isSecret?: true
  answer: AnswerName
  run: (call: Call<z.infer<Params>, z.infer<Query>, z.infer<Body>>) => Promise<unknown>
}>

const NOTHING = z.object({})

/** Describes one operation; ties its schemas to the arguments of its function. */
export function route<Params extends z.ZodObject, Query extends z.ZodObject, Body extends z.ZodType>(
  described: Described<Params, Query, Body>,
): Route {
  return {
    ...described,
    params: described.params ?? NOTHING,
    query: described.query ?? NOTHING,
    body: described.body ?? null,
    takesFile: described.admit !== undefined,
    fileBytes: described.fileBytes ?? null,
    // As with `run` below.
    admit: (described.admit as Route['admit'] | undefined) ?? null,
    isSecret: described.isSecret ?? false,
    // The one caller, `app.ts`, parses with these very schemas first.
    run: described.run as Route['run'],
  }
}

/** The same for an operation that answers a file, written as it is read. */
export function fileRoute<Params extends z.ZodObject, Query extends z.ZodObject>(
  described: Omit<Described<Params, Query, z.ZodUndefined>, 'answer' | 'run' | 'body' | 'admit' | 'fileBytes' | 'isSecret'> &
    Readonly<{ run: (call: Call<z.infer<Params>, z.infer<Query>, undefined>) => Promise<Download | Download<Uint8Array>> }>,
): Route {
  // The rest of the description is the same; only what is answered differs.
  return {
    ...route<Params, Query, z.ZodUndefined>({ ...described, answer: 'Problem' } as Described<Params, Query, z.ZodUndefined>),
    answer: 'File',
  }
}

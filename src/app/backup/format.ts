import { z } from 'zod'

/**
 * A backup is one gzip stream of JSON lines: a head; of each table a line that names it and its columns, a line per row, a line that ends it;
 * of each kept report a line that names it, lines of its bytes, a line that ends it; at last the manifest. Without its last line it is not whole.
 */
export const FORMAT = 1

const count = z.int().min(0)
const Sha256 = z.string().regex(/^[0-9a-f]{64}$/)

export const Head = z.strictObject({
  impulsoBackup: z.literal(FORMAT),
  madeBy: z.string(),
  schema: z.int().min(1),
  madeAt: z.iso.datetime(),
  /** Tells whether a secret is the one of this installation, and nothing else about it. */
  secret: z.string().regex(/^[0-9a-f]{16}$/),
})
export type Head = z.infer<typeof Head>

export const TableBegins = z.strictObject({ table: z.string(), columns: z.array(z.string()) })
/** `path` below the folder of reports: customer, tenant, and a name that is the hash of what it holds. */
export const FileBegins = z.strictObject({
  file: z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]*\/[A-Za-z0-9][A-Za-z0-9._-]*\/[0-9a-f]{64}\.report$/),
})
export const Row = z.array(z.string().nullable())
export const Bytes = z.base64()

const Part = z.strictObject({ name: z.string(), count, sha256: Sha256 })
export type Part = z.infer<typeof Part>
/** `count`: rows of a table, bytes of a file; `sha256` over its lines. */
export const Ends = z.strictObject({ ends: Part })
export const Manifest = z.strictObject({ manifest: z.strictObject({ tables: z.array(Part), files: z.array(Part), missingFiles: count }) })
export type Manifest = z.infer<typeof Manifest>['manifest']

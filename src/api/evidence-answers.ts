import { z } from 'zod'
import type { EvidenceView } from '../model/decision-api.ts'

const count = z.int().min(0)

/** A link or a file, wherever it stands. */
export const evidence: z.ZodType<EvidenceView> = z.strictObject({
  id: z.string(),
  subject: z.string(),
  title: z.string(),
  kept: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('link'), href: z.string(), host: z.string() }),
    z.strictObject({ kind: z.literal('file'), mediaType: z.string(), bytes: count, sha256: z.string() }),
  ]),
  by: z.string(),
  at: z.string(),
})

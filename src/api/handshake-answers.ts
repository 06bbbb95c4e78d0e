import type { z } from 'zod'
import { CustomerHandshakes, HandshakeLoads, HandshakePage, TeamCalendar } from '../model/handshake-api.ts'

export const HANDSHAKE_ANSWERS = { CustomerHandshakes, HandshakePage, HandshakeLoads, TeamCalendar } as const satisfies Record<
  string,
  z.ZodType
>

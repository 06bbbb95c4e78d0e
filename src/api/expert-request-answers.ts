import type { z } from 'zod'
import {
  CustomerExpertRequests,
  Expertise,
  ExpertMatches,
  ExpertRequestAnswer,
  ExpertRequestLoads,
  ExpertRequestPage,
} from '../model/expert-request-api.ts'

export const EXPERT_REQUEST_ANSWERS = {
  CustomerExpertRequests,
  ExpertRequestPage,
  ExpertRequestAnswer,
  ExpertRequestLoads,
  ExpertMatches,
  Expertise,
} as const satisfies Record<string, z.ZodType>

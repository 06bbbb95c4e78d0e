import type { Command } from 'commander'
import { addAudit } from './audit.ts'
import { addCustomers } from './customers.ts'
import { addDb } from './db.ts'
import { addDemo } from './demo.ts'
import { addExplain } from './explain.ts'
import { addUsageImport } from './import.ts'
import { addMetrics } from './metrics.ts'
import { addPerson } from './person.ts'
import { addPlan } from './plan.ts'
import { addPlaybookCompile } from './playbook-compile.ts'
import { addPlaybookTest } from './playbook-test.ts'
import { addReviewDeck } from './review-deck.ts'
import { addServe } from './serve.ts'
import { addUsageRead } from './usage.ts'
import { addUsageSync } from './usage-sync.ts'
import { addUser } from './user.ts'
import { addWork } from './work.ts'

/** One line per command file; each adds itself to the program. */
export const commands: readonly ((program: Command) => void)[] = [
  addPlan,
  addExplain,
  addReviewDeck,
  addPlaybookCompile,
  addPlaybookTest,
  addUsageRead,
  addUsageImport,
  addUsageSync,
  addDb,
  addCustomers,
  addServe,
  addUser,
  addDemo,
  addWork,
  addAudit,
  addPerson,
  addMetrics,
]

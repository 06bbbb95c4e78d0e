import type { Command } from 'commander'
import { addAudit } from './audit.ts'
import { addDb } from './db.ts'
import { addDemo } from './demo.ts'
import { addExplain } from './explain.ts'
import { addUsageImport } from './import.ts'
import { addPerson } from './person.ts'
import { addPlan } from './plan.ts'
import { addPlaybookCompile } from './playbook-compile.ts'
import { addPlaybookTest } from './playbook-test.ts'
import { addServe } from './serve.ts'
import { addUsageRead } from './usage.ts'
import { addUser } from './user.ts'
import { addWork } from './work.ts'

/** One line per command file; each adds itself to the program. */
export const commands: readonly ((program: Command) => void)[] = [
  addPlan,
  addExplain,
  addPlaybookCompile,
  addPlaybookTest,
  addUsageRead,
  addUsageImport,
  addDb,
  addServe,
  addUser,
  addDemo,
  addWork,
  addAudit,
  addPerson,
]

import type { Command } from 'commander'
import { addPlaybookCompile } from './playbook-compile.ts'
import { addUsageRead } from './usage.ts'

/** One line per command file; each adds itself to the program. */
export const commands: readonly ((program: Command) => void)[] = [addPlaybookCompile, addUsageRead]

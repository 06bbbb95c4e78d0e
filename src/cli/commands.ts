import type { Command } from 'commander'
import { addPlaybookCompile } from './playbook-compile.ts'

/** One line per command file; each adds itself to the program. */
export const commands: readonly ((program: Command) => void)[] = [addPlaybookCompile]

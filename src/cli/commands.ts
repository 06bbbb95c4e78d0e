import type { Command } from 'commander'

/** One line per command file; each adds itself to the program. */
export const commands: readonly ((program: Command) => void)[] = []

/** What a command ends with: contracts.md. */
export const EXIT = { fine: 0, faults: 1, usedWrongly: 2, failed: 3 } as const
export type ExitCode = (typeof EXIT)[keyof typeof EXIT]

/** JSON in a pipe or with `--json`, the table or text at a terminal. Data goes to stdout, talk to stderr. */
export function print(value: unknown, options: { json?: boolean | undefined; text: () => string }): void {
  const wantsJson = options.json === true || !process.stdout.isTTY
  process.stdout.write(wantsJson ? `${JSON.stringify(value, null, 2)}\n` : `${options.text()}\n`)
}

/** Says something to the person, never to the pipe. */
export const say = (line: string): void => {
  process.stderr.write(`${line}\n`)
}

/** Sets the exit code without cutting off what is still being written to a pipe. */
export const endWith = (code: ExitCode): void => {
  process.exitCode = code
}

/** Rows as aligned columns; numbers right. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = head.map((title, column) => Math.max(title.length, ...rows.map(row => (row[column] ?? '').length)))
  const line = (cells: readonly string[]) =>
    cells
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd()
  return [line(head), ...rows.map(line)].join('\n')
}

/** One line of `npm run bench -- --json` (contracts.md). A name once used keeps its meaning. */
export type Measurement = Readonly<{
  name: string
  ours: number
  unit: 'ms' | 'MiB' | 'customers/s' | 'days'
  against: string
  /** `limit`: what the machine could do at best; `peer`: what one would use instead. */
  kind: 'limit' | 'peer'
  other: number | null
  /** ours / other; for times, below 1 is faster than the other. */
  ratio: number | null
  size: string
  runs: number
}>

/** Measures something; may answer several lines. */
export type Bench = () => Promise<readonly Measurement[]>

type Run = () => unknown

/** Median milliseconds of both sides, run in turns so that a slow moment of the machine hits both. One round before does not count. */
export async function interleave(runs: number, ours: Run, other: Run): Promise<{ ours: number; other: number }> {
  const times: { ours: number[]; other: number[] } = { ours: [], other: [] }
  for (let round = 0; round <= runs; round++) {
    // Who begins changes too: the second finds warmer caches and the first one's rubbish.
    const order = round % 2 === 0 ? (['ours', 'other'] as const) : (['other', 'ours'] as const)
    for (const side of order) {
      const time = await millisecondsOf(side === 'ours' ? ours : other)
      if (round > 0) times[side].push(time)
    }
  }
  return { ours: median(times.ours), other: median(times.other) }
}

export async function millisecondsOf(run: Run): Promise<number> {
  globalThis.gc?.()
  const start = performance.now()
  await run()
  return performance.now() - start
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = Math.floor(sorted.length / 2)
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2
}

export const round = (value: number, digits = 2): number => Number(value.toFixed(digits))

/** A line with the ratio worked out. */
export function compared(line: Omit<Measurement, 'ratio' | 'other'> & { other: number }): Measurement {
  return { ...line, ours: round(line.ours), other: round(line.other), ratio: round(line.ours / line.other, 3) }
}

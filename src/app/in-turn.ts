/** Lets at most `count` pieces of work run at once; the others wait, first come, first served. */
export function inTurn(count: number): <T>(work: () => Promise<T>) => Promise<T> {
  let running = 0
  const waiting: (() => void)[] = []
  return async work => {
    if (running >= count) await new Promise<void>(resolve => waiting.push(resolve))
    else running++
    try {
      return await work()
    } finally {
      const next = waiting.shift()
      // The place goes to the next one as it is.
      if (next) next()
      else running--
    }
  }
}

import { readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { setTimeout as delay } from 'node:timers/promises'
import { AppError } from '../../model/errors.ts'

/** Longer than any start or stop takes; an older lock was left behind. */
const STALE_AFTER_MS = 90_000
const POLL_MS = 20

/** Runs `work` while no other process starts or stops the server of this folder. A lock whose process is gone does not count. */
export async function withStartLock<T>(file: string, work: () => Promise<T>): Promise<T> {
  const until = Date.now() + STALE_AFTER_MS
  while (!take(file)) {
    if (isStale(file)) rmSync(file, { force: true })
    else if (Date.now() > until)
      throw new AppError('unavailable', `another process has held ${file} for too long; remove it if none is running`)
    else await delay(POLL_MS)
  }
  heldHere.add(file)
  try {
    return await work()
  } finally {
    heldHere.delete(file)
    rmSync(file, { force: true })
  }
}

function take(file: string): boolean {
  try {
    writeFileSync(file, String(process.pid), { flag: 'wx' })
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw error
  }
}

function isStale(file: string): boolean {
  try {
    const pid = Number(readFileSync(file, 'utf8'))
    const age = Date.now() - statSync(file).mtimeMs
    // An empty file is one that is just being written.
    if (!pid) return age > 1000
    return age > STALE_AFTER_MS || !isAlive(pid, file)
  } catch {
    return false
  }
}

/** A lock of our own id that we do not hold is a leftover: in a container every run has the same id. */
const isAlive = (pid: number, file: string): boolean => {
  if (pid === process.pid) return heldHere.has(file)
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}
const heldHere = new Set<string>()

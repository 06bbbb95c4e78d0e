import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export type Served = { url: string; dataFolder: string; output: () => string; stop: (signal?: NodeJS.Signals) => Promise<number | null> }

/** A free port of the loopback address; taken again a moment later, which is soon enough for tests. */
export const freePort = () =>
  new Promise<number>((found, failed) => {
    const probe = createServer()
    probe.on('error', failed)
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => (typeof address === 'object' && address ? found(address.port) : failed(new Error('no port'))))
    })
  })

export type ServeOptions = { args?: readonly string[]; env?: Readonly<Record<string, string>>; dataFolder?: string; port?: number }

/** The product as a person starts it: `impulso serve` on a data folder of its own, ready when `/readyz` answers 200. */
export async function serve(options: ServeOptions = {}): Promise<Served> {
  const dataFolder = options.dataFolder ?? mkdtempSync(join(tmpdir(), 'impulso-e2e-'))
  const port = options.port ?? (await freePort())
  const url = `http://127.0.0.1:${port}`
  let output = ''
  const child = spawn(process.execPath, ['bin/impulso.js', 'serve', ...(options.args ?? [])], {
    env: { ...process.env, PORT: String(port), HOST: '127.0.0.1', IMPULSO_DATA: dataFolder, ...options.env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  child.stdout.on('data', chunk => {
    output += chunk
  })
  child.stderr.on('data', chunk => {
    output += chunk
  })
  const ended = new Promise<number | null>(done => child.on('close', code => done(code)))
  await ready(url, () => output, child)
  const stop = async (signal: NodeJS.Signals = 'SIGTERM') => {
    if (child.exitCode === null) child.kill(signal)
    const code = await ended
    if (!options.dataFolder) rmSync(dataFolder, { recursive: true, force: true })
    return code
  }
  return { url, dataFolder, output: () => output, stop }
}

async function ready(url: string, output: () => string, child: { exitCode: number | null }): Promise<void> {
  const tries = 600
  for (let count = 0; count < tries; count++) {
    if (child.exitCode !== null) throw new Error(`serve ended with ${child.exitCode}:\n${output()}`)
    const answer = await fetch(`${url}/readyz`).catch(() => undefined)
    if (answer?.status === 200) return
    await new Promise(later => setTimeout(later, 200))
  }
  throw new Error(`serve was not ready in time:\n${output()}`)
}

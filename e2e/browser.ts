import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { type Browser, chromium } from 'playwright-core'

type Found = { how: string; executablePath: string; args: readonly string[]; env: Readonly<Record<string, string>> }

const SYSTEM = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome', '/usr/bin/google-chrome-stable']
const MAC = ['/Applications/Google Chrome.app/Contents/MacOS/Google Chrome', '/Applications/Chromium.app/Contents/MacOS/Chromium']

/** Without these, Chromium looks up its vendor's hosts at every start. */
const QUIET = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

/** The first browser that is there, in the order of design §10; says which. Installs one only when nothing else is left. */
export async function findBrowser(): Promise<Found> {
  const found = fromEnvironment() ?? fromSystem() ?? fromPlaywright() ?? (await fromPackage()) ?? install()
  console.log(`browser: ${found.how}, ${found.executablePath}`)
  return found
}

const plain = (how: string, executablePath: string): Found => ({ how, executablePath, args: QUIET, env: {} })

function fromEnvironment(): Found | undefined {
  const path = process.env.CHROMIUM_PATH
  return path ? plain('CHROMIUM_PATH', path) : undefined
}

function fromSystem(): Found | undefined {
  const path = [...SYSTEM, ...MAC].find(existsSync)
  return path ? plain('installed on this system', path) : undefined
}

function fromPlaywright(): Found | undefined {
  const path = chromium.executablePath()
  return path && existsSync(path) ? plain('installed by Playwright', path) : undefined
}

async function fromPackage(): Promise<Found | undefined> {
  if (process.platform !== 'linux' || process.arch !== 'x64') return undefined
  try {
    // The package unpacks its own NSS libraries only when it believes to run where they are missing.
    process.env.AWS_EXECUTION_ENV ??= 'AWS_Lambda_nodejs22.x'
    const { default: packed } = await import('@sparticuz/chromium')
    const executablePath = await packed.executablePath()
    return { how: 'the npm package @sparticuz/chromium', executablePath, args: QUIET, env: { LD_LIBRARY_PATH: '/tmp/al2023/lib' } }
  } catch {
    return undefined
  }
}

function install(): Found {
  const cli = createRequire(import.meta.url).resolve('playwright-core/cli.js')
  try {
    execFileSync(process.execPath, [cli, 'install', 'chromium'], { stdio: 'inherit' })
    const installed = fromPlaywright()
    if (installed) return installed
  } catch {
    console.warn('playwright could not download a browser')
  }
  if (process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')) {
    execFileSync('apt-get', ['update'], { stdio: 'inherit' })
    execFileSync('apt-get', ['install', '-y', 'chromium'], { stdio: 'inherit' })
    const installed = fromSystem()
    if (installed) return installed
  }
  throw new Error('no browser found: install Chromium or Chrome, or set CHROMIUM_PATH to one')
}

/** A headless browser for one journey file. */
export async function launchBrowser(): Promise<Browser> {
  const { executablePath, args, env } = await findBrowser()
  return chromium.launch({ executablePath, args: [...args], env: { ...process.env, ...env } as Record<string, string>, headless: true })
}

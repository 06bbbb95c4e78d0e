import { spawn, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { chmodSync, chownSync, existsSync, mkdirSync, readFileSync, statSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { AppError } from '../../model/errors.ts'
import { copyBinaries, findBinaries, hydrate } from './binaries.ts'

/**
 * PostgreSQL refuses to run as root. `self` runs it as we are; `namespace` inside a user namespace where root has another name, so
 * that every folder root can enter stays open to it; `user` as an ordinary user of the machine.
 */
type Identity = { kind: 'self' } | { kind: 'namespace' } | { kind: 'user'; uid: number; gid: number }

/** Where the server's files are, and how to run its programs. */
export type Runner = Readonly<{
  home: string
  /** Runs `initdb` or `pg_ctl`; answers what it said when it failed, null when it went well. */
  run: (program: 'initdb' | 'pg_ctl', args: readonly string[]) => Promise<string | null>
}>

/** Finds a way to run PostgreSQL for this data folder, or throws saying what was tried. */
export function chooseRunner(folder: string, only?: Identity['kind']): Runner {
  const home = join(resolve(folder), 'postgres')
  const isRoot = process.getuid?.() === 0
  if (!isRoot) return runner({ kind: 'self' }, place(home, { kind: 'self' }), 'as the present user')
  const tried: string[] = []
  for (const identity of identities(home, only)) {
    for (const at of places(home, identity)) {
      try {
        return runner(identity, place(at, identity), `${describe(identity)} in ${at}`)
      } catch (error) {
        tried.push((error as Error).message)
      }
    }
  }
  throw new AppError(
    'unavailable',
    `PostgreSQL does not run as root, and no other way was found (${tried.join('; ')}). Start Impulso as an ordinary user, or set DATABASE_URL.`,
  )
}

function identities(home: string, only: Identity['kind'] | undefined): readonly Identity[] {
  const owner = ownerOf(join(home, 'data'))
  // A cluster made by an ordinary user goes on running as that user.
  if (owner && owner.uid !== 0) return [{ kind: 'user', ...owner }]
  const user = findUser('postgres') ?? findUser('nobody')
  const all: Identity[] = [{ kind: 'namespace' }, ...(user ? [{ kind: 'user' as const, ...user }] : [])]
  return only ? all.filter(identity => identity.kind === only) : all
}

/** A user needs a folder that it can enter; the data folder may lie in one that only root can. */
function places(home: string, identity: Identity): readonly string[] {
  if (identity.kind !== 'user') return [home]
  const name = createHash('sha256').update(home).digest('hex').slice(0, 16)
  return [home, join('/var/lib/impulso', name)]
}

function place(home: string, identity: Identity): string {
  mkdirSync(home, { recursive: true, mode: 0o755 })
  if (identity.kind === 'user' && ownerOf(home)?.uid !== identity.uid) chownSync(home, identity.uid, identity.gid)
  if (identity.kind === 'user' || ownerOf(home)?.uid === process.getuid?.()) chmodSync(home, 0o700)
  return home
}

function runner(identity: Identity, home: string, where: string): Runner {
  const refused = canEnter(identity, home)
  if (refused !== null) throw new AppError('unavailable', `PostgreSQL cannot run ${where}: ${refused}`)
  const cache = join(home, 'binaries')
  let native = hydrate(findBinaries(), cache)
  let failure = starts(identity, native, home)
  if (failure !== null && identity.kind !== 'self') {
    native = hydrate(copyBinaries(native, cache), cache)
    failure = starts(identity, native, home)
  }
  if (failure !== null) throw new AppError('unavailable', `PostgreSQL cannot run ${where}: ${failure}`)
  return { home, run: (program, args) => run(identity, native, home, program, args) }
}

/** Null when the identity may use the folder. */
function canEnter(identity: Identity, home: string): string | null {
  if (identity.kind === 'self') return null
  const test = ['sh', '-c', 'test -w "$0" && test -x "$0"', home]
  const [command = 'sh', ...args] = identity.kind === 'namespace' ? [...NAMESPACE, ...test] : test
  const user = identity.kind === 'user' ? { uid: identity.uid, gid: identity.gid } : {}
  const tested = spawnSync(command, args, { cwd: '/', encoding: 'utf8', ...user })
  return tested.status === 0 ? null : firstLine(tested.error?.message || tested.stderr) || `${home} cannot be entered or written to`
}

/** Null when the server's program starts. */
function starts(identity: Identity, native: string, home: string): string | null {
  const { command, args, options } = prepare(identity, native, home, 'postgres', ['--version'])
  const started = spawnSync(command, args, { ...options, encoding: 'utf8' })
  return started.status === 0 ? null : firstLine(started.error?.message ?? started.stderr)
}

function run(identity: Identity, native: string, home: string, program: string, args: readonly string[]): Promise<string | null> {
  const prepared = prepare(identity, native, home, program, args)
  return new Promise((done, fail) => {
    // The server inherits nothing of ours but its log file: a pipe held open by it would never end.
    const child = spawn(prepared.command, prepared.args, { ...prepared.options, detached: true, stdio: ['ignore', 'ignore', 'pipe'] })
    let said = ''
    child.stderr?.setEncoding('utf8').on('data', text => {
      said += text
    })
    child.on('error', fail)
    child.on('exit', code => {
      child.stderr?.destroy()
      done(code === 0 ? null : said.trim() || `${program} ended with ${code}`)
    })
  })
}

const NAMESPACE = ['unshare', '--user', '--map-user=65534', '--map-group=65534', '--']

/** Settings of the environment that a server we start is given. */
const PASSED_ON: ReadonlySet<string> = new Set([
  ...['PATH', 'LD_LIBRARY_PATH', 'DYLD_LIBRARY_PATH', 'TZ', 'TZDIR', 'HOME', 'USER', 'LOGNAME', 'TMPDIR', 'TEMP', 'TMP'],
  ...['SYSTEMROOT', 'SYSTEMDRIVE', 'WINDIR', 'COMSPEC'],
])

function prepare(identity: Identity, native: string, home: string, program: string, args: readonly string[]) {
  const binary = join(native, 'bin', process.platform === 'win32' ? `${program}.exe` : program)
  const [command = binary, ...rest] = identity.kind === 'namespace' ? [...NAMESPACE, binary, ...args] : [binary, ...args]
  const library = process.platform === 'darwin' ? 'DYLD_LIBRARY_PATH' : 'LD_LIBRARY_PATH'
  // Only what a program needs to run: no foreign PG* setting, and none of our secrets, for the server may run as another user. LC_ALL keeps
  // its messages readable for us.
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => PASSED_ON.has(name.toUpperCase())))
  const lib = join(native, 'lib')
  return {
    command,
    args: rest,
    options: {
      cwd: home,
      env: { ...env, LC_ALL: 'C', [library]: env[library] ? `${lib}:${env[library]}` : lib },
      ...(identity.kind === 'user' ? { uid: identity.uid, gid: identity.gid } : {}),
    },
  }
}

/** Makes a file or folder belong to whoever the server runs as. */
export function giveToOwnerOf(home: string, path: string): void {
  const owner = ownerOf(home)
  if (owner && process.getuid?.() === 0) chownSync(path, owner.uid, owner.gid)
}

function ownerOf(path: string): { uid: number; gid: number } | undefined {
  return existsSync(path) ? statSync(path) : undefined
}

function findUser(name: string): { uid: number; gid: number } | undefined {
  if (!existsSync('/etc/passwd')) return undefined
  const line = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .find(each => each.startsWith(`${name}:`))
  const [, , uid, gid] = line?.split(':') ?? []
  return uid && gid ? { uid: Number(uid), gid: Number(gid) } : undefined
}

const describe = (identity: Identity) => (identity.kind === 'user' ? `as user ${identity.uid}` : 'in a user namespace')
const firstLine = (text: string) => text.trim().split('\n')[0] ?? ''

import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, cpSync, existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, expect, test } from 'vitest'
import { copyBinaries, findBinaries, hydrate } from './cluster/binaries.ts'
import { openCluster, stopCluster } from './cluster.ts'

const folders: string[] = []
const newFolder = () => {
  const folder = mkdtempSync(join(tmpdir(), 'impulso-cluster-'))
  folders.push(folder)
  return folder
}
afterAll(async () => {
  for (const folder of folders) {
    await stopCluster(folder)
    rmSync(folder, { recursive: true, force: true })
  }
})

const pidFile = (folder: string) => join(folder, 'postgres', 'data', 'postmaster.pid')
const isRunning = (folder: string) => existsSync(pidFile(folder))
const ask = async (url: string, sql: string) => {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return (await client.query(sql)).rows
  } finally {
    await client.end()
  }
}

test('a folder that only its owner can enter holds a cluster; its password is for the owner alone', async () => {
  const folder = newFolder()
  chmodSync(folder, 0o700)
  const cluster = await openCluster(folder)
  expect(await ask(cluster.urls.owner, 'select current_database() as name')).toEqual([{ name: 'impulso' }])
  expect(statSync(join(folder, 'postgres', 'password')).mode & 0o777).toBe(0o600)
  await cluster.close()
  expect(isRunning(folder)).toBe(false)
})

test.runIf(process.platform === 'linux')('the server is told none of our secrets', async () => {
  const folder = newFolder()
  process.env.IMPULSO_SECRET = 'a secret of at least thirty-two characters'
  process.env.DATABASE_URL = 'postgres://me:my-password@db.example/impulso'
  try {
    const cluster = await openCluster(folder, { unsafeFast: true })
    const pid = readFileSync(pidFile(folder), 'utf8').split('\n')[0]
    const names = readFileSync(`/proc/${pid}/environ`, 'utf8')
      .split('\0')
      .map(each => each.split('=')[0])
    expect(names).toContain('PATH')
    expect(names.filter(name => /IMPULSO|DATABASE|SECRET|npm/i.test(name ?? ''))).toEqual([])
    await cluster.close()
  } finally {
    delete process.env.IMPULSO_SECRET
    delete process.env.DATABASE_URL
  }
})

test('other commands attach, a second serve is refused by name, and the last one out stops the server', async () => {
  const folder = newFolder()
  const server = await openCluster(folder, { serve: true, unsafeFast: true })
  const command = await openCluster(folder, { unsafeFast: true })
  expect(command.urls.owner).toBe(server.urls.owner)
  await expect(openCluster(folder, { serve: true, unsafeFast: true })).rejects.toMatchObject({
    code: 'unavailable',
    message: new RegExp(`is in use: process ${process.pid} serves it`),
  })
  await server.close()
  expect(await ask(command.urls.owner, 'select 1 as one')).toEqual([{ one: 1 }])
  await command.close()
  expect(isRunning(folder)).toBe(false)
})

test('a server left behind by a killed process is adopted with what it had acknowledged', async () => {
  const folder = newFolder()
  const script = `
    import { openCluster } from ${JSON.stringify(join(import.meta.dirname, 'cluster.ts'))}
    import pg from 'pg'
    const cluster = await openCluster(${JSON.stringify(folder)}, { serve: true, unsafeFast: true })
    const client = new pg.Client({ connectionString: cluster.urls.owner })
    await client.connect()
    await client.query('create table kept as select 42 as answer')
    console.log('acknowledged')
    setInterval(() => {}, 1000)`
  const child = spawn(process.execPath, ['--input-type=module-typescript', '-e', script], {
    cwd: process.cwd(),
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  await once(child.stdout, 'data')
  const pid = readFileSync(pidFile(folder), 'utf8')
  child.kill('SIGKILL')
  await once(child, 'exit')
  const adopted = await openCluster(folder, { serve: true, unsafeFast: true })
  expect(readFileSync(pidFile(folder), 'utf8').split('\n')[0]).toBe(pid.split('\n')[0])
  expect(await ask(adopted.urls.owner, 'select answer from kept')).toEqual([{ answer: 42 }])
  await adopted.close()
  expect(isRunning(folder)).toBe(false)
})

test('what was acknowledged is there after the server itself was killed', async () => {
  const folder = newFolder()
  const cluster = await openCluster(folder)
  await ask(cluster.urls.owner, 'create table kept as select 42 as answer')
  process.kill(Number(readFileSync(pidFile(folder), 'utf8').split('\n')[0]), 'SIGKILL')
  await cluster.close()
  const again = await openCluster(folder)
  expect(await ask(again.urls.owner, 'select answer from kept')).toEqual([{ answer: 42 }])
  await again.close()
  expect(isRunning(folder)).toBe(false)
})

test('a process id that now belongs to something else does not keep the server from starting', async () => {
  const folder = newFolder()
  await (await openCluster(folder, { unsafeFast: true })).close()
  writeFileSync(pidFile(folder), `${process.ppid}\n${join(folder, 'postgres', 'data')}\n1\n5432\n\n127.0.0.1\n1 1\nready\n`)
  const cluster = await openCluster(folder, { unsafeFast: true })
  expect(await ask(cluster.urls.owner, 'select 1 as one')).toEqual([{ one: 1 }])
  await cluster.close()
})

test('several first starts at once make one cluster', async () => {
  const folder = newFolder()
  const all = await Promise.all([
    openCluster(folder, { unsafeFast: true }),
    openCluster(folder, { unsafeFast: true }),
    openCluster(folder, { unsafeFast: true }),
  ])
  expect(new Set(all.map(each => each.urls.owner)).size).toBe(1)
  for (const each of all) await each.close()
  expect(isRunning(folder)).toBe(false)
})

const asRoot = process.getuid?.() === 0
test.runIf(asRoot)('where namespaces are refused, root runs the server as an ordinary user in a folder that one can enter', async () => {
  const folder = newFolder()
  chmodSync(folder, 0o755)
  const cluster = await openCluster(folder, { runAs: 'user', unsafeFast: true })
  expect(await ask(cluster.urls.owner, 'select 1 as one')).toEqual([{ one: 1 }])
  expect(statSync(pidFile(folder)).uid).not.toBe(0)
  await cluster.close()
  expect(isRunning(folder)).toBe(false)
})

test('library links that an install left out are made, in the packages or in a copy of them', () => {
  const native = join(newFolder(), 'native')
  cpSync(findBinaries(), native, { recursive: true, verbatimSymlinks: true })
  const links = JSON.parse(readFileSync(join(native, 'pg-symlinks.json'), 'utf8')) as { target: string }[]
  for (const link of links) rmSync(join(native, '..', link.target), { force: true })
  const copy = copyBinaries(native, join(newFolder(), 'binaries'))
  for (const folder of [native, copy]) {
    expect(hydrate(folder, 'unused')).toBe(folder)
    expect(spawnSync(join(folder, 'bin', 'postgres'), ['--version'], { encoding: 'utf8' }).stdout).toMatch(/PostgreSQL/)
  }
})

import { spawn } from 'node:child_process'

export type Said = Readonly<{ code: number; stdout: string; stderr: string }>

/** What npm says; it exits with 1 also when all went well and something was found. */
export const npm = (root: string, args: readonly string[]): Promise<Said> =>
  new Promise((done, fail) => {
    // On Windows npm is a script, which only a shell can start; the arguments are our own.
    const child = spawn('npm', [...args], { cwd: root, shell: process.platform === 'win32' })
    let stdout = ''
    let stderr = ''
    child.stdout.on('data', part => {
      stdout += part
    })
    child.stderr.on('data', part => {
      stderr += part
    })
    child.on('error', fail)
    child.on('close', code => done({ code: code ?? 1, stdout, stderr }))
  })

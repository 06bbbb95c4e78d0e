import { copyFile, mkdir, open, rename, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'

/** Where the newest file of each report is kept: people's activity is matched across reports, so they are read together. */
type Kept = Readonly<{ customer_id: string; tenant_id: string; sha256: string }>

export const reportPath = (folder: string, { customer_id, tenant_id, sha256 }: Kept): string =>
  join(folder, customer_id, tenant_id, `${sha256}.report`)

/** Copies a report into the folder, whole or not at all, and on the disk when this returns. */
export async function keepReport(folder: string, kept: Kept, from: string): Promise<void> {
  const path = reportPath(folder, kept)
  const part = `${path}.${process.pid}.part`
  await mkdir(dirname(path), { recursive: true, mode: 0o700 })
  await copyFile(from, part)
  const file = await open(part, 'r+')
  try {
    await file.sync()
  } finally {
    await file.close()
  }
  await rename(part, path)
}

export const dropReport = (folder: string, kept: Kept): Promise<void> => rm(reportPath(folder, kept), { force: true })

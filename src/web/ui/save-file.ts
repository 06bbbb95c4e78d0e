import { fetchFile } from './http.ts'

/** Fetches a file of the server and hands it to the browser to keep. A refusal is thrown, where a plain link would save it as the file. */
export async function saveFile(path: string, query: Readonly<Record<string, string | undefined>>, name: string): Promise<void> {
  const url = URL.createObjectURL(await fetchFile(path, query))
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  // The browser reads the file after the click; a minute is long enough for that.
  setTimeout(() => URL.revokeObjectURL(url), 60_000)
}

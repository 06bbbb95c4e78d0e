import { fetchFile } from './http.ts'
import { keepFile } from './keep-file.ts'

/** Fetches a file of the server and hands it to the browser to keep. A refusal is thrown, where a plain link would save it as the file. */
export async function saveFile(path: string, query: Readonly<Record<string, string | boolean | undefined>>, name: string): Promise<void> {
  keepFile(await fetchFile(path, query), name)
}

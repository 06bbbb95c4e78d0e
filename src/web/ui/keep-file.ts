/** Hands a file made here to the browser to keep. */
export function keepFile(file: Blob, name: string): void {
  const url = URL.createObjectURL(file)
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  // The browser reads the file after the click; a minute is long enough for that.
  setTimeout(() => URL.revokeObjectURL(url), 60_000)
}

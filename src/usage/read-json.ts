import { readFile, stat } from 'node:fs/promises'
import { AppError } from '../model/errors.ts'
import type { Subscriptions } from '../model/usage.ts'
import { readSubscribedSkus } from './subscribed-skus.ts'

export type JsonFault = Readonly<{ code: 'service-error' | 'bad-json' | 'bad-subscriptions' | 'wrong-file' | 'too-large'; message: string }>

/** A tenant with thousands of subscriptions stays far below. */
export const MAX_JSON = 16 * 1024 * 1024

/** Subscriptions from a JSON file, or what it holds instead. An answer that is an error is the most likely of those. */
export async function readJson(path: string): Promise<{ subscriptions: Subscriptions } | { fault: JsonFault }> {
  const { size } = await stat(path)
  if (size > MAX_JSON) return { fault: { code: 'too-large', message: `JSON of ${size} bytes, expected at most ${MAX_JSON}` } }
  let json: unknown
  try {
    json = JSON.parse((await readFile(path, 'utf8')).replace(/^\uFEFF/, ''))
  } catch {
    return { fault: { code: 'bad-json', message: 'begins like JSON and is none; it may be cut off' } }
  }
  const code = errorCode(json)
  if (code !== null)
    return {
      fault: {
        code: 'service-error',
        message: `the service answered with an error instead of a report${code === '' ? '' : `: ${code}`}`,
      },
    }
  if (isReport(json))
    return { fault: { code: 'wrong-file', message: 'this is a report in JSON, expected CSV; leave "$format" out of the request' } }
  try {
    return { subscriptions: readSubscribedSkus(json) }
  } catch (error) {
    if (error instanceof AppError) return { fault: { code: 'bad-subscriptions', message: error.message } }
    throw error
  }
}

/** The code of an error of Graph, '' when it has none that can be shown, null when the JSON is no error. Reports hide the real one in the message. */
function errorCode(json: unknown): string | null {
  const error = field(json, 'error')
  if (error === undefined || error === null) return null
  const message = field(error, 'message')
  const inner = typeof message === 'string' && message.trimStart().startsWith('{') ? parsed(message) : undefined
  const codes = [field(field(inner, 'error'), 'code'), field(inner, 'code'), field(error, 'code'), error]
  return codes.find((code): code is string => typeof code === 'string' && /^[\w.-]{1,60}$/.test(code)) ?? ''
}

const isReport = (json: unknown) => {
  const value = field(json, 'value')
  return Array.isArray(value) && field(value[0], 'reportRefreshDate') !== undefined
}

const field = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null ? Object.getOwnPropertyDescriptor(value, name)?.value : undefined

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

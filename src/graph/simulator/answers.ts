import { randomUUID } from 'node:crypto'
import type { ServerResponse } from 'node:http'

/** Sends JSON, as login and Graph do. */
export function sendJson(response: ServerResponse, status: number, body: unknown, headers: Readonly<Record<string, string>> = {}): void {
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8', 'request-id': randomUUID(), ...headers })
  response.end(JSON.stringify(body))
}

type Inner = Readonly<{ code: string; message: string }>

/** An error of Graph; its `request-id` stands in a header and in the body. */
export function sendError(response: ServerResponse, status: number, error: Inner, headers: Readonly<Record<string, string>> = {}): void {
  const id = randomUUID()
  const innerError = { date: '2026-01-01T00:00:00', 'request-id': id, 'client-request-id': id }
  sendJson(response, status, { error: { ...error, innerError } }, { 'request-id': id, 'client-request-id': id, ...headers })
}

/** The errors of the reporting service come through Graph as text inside an `UnknownError`. */
export const sendWrapped = (response: ServerResponse, status: number, inner: Inner): void =>
  sendError(response, status, { code: 'UnknownError', message: JSON.stringify({ error: inner }) })

/** The inner error as it is, which happens as well. */
export const sendBare = (response: ServerResponse, status: number, inner: Inner): void => sendJson(response, status, { error: inner })

export const NO_SEGMENT = (name: string): Inner => ({ code: 'BadRequest', message: `Resource not found for the segment '${name}'.` })
export const NO_PERMISSION: Inner = { code: 'S2SUnauthorized', message: 'Invalid permission.' }
export const MISSING_CREDENTIALS: Inner = { code: 'MissingCredentials', message: 'Valid Authorization header is needed.' }
export const UNKNOWN_TENANT: Inner = {
  code: 'UnknownTenantId',
  message: 'We do not recognize this tenant ID. Please double-check the tenant ID and try again.',
}

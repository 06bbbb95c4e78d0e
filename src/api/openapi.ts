import { z } from 'zod'
import { ACCESS_RIGHTS } from '../model/api.ts'
import { NAMED } from './answers.ts'
import type { Route } from './route.ts'

type Json = Record<string, unknown>
const PROBLEM_STATUSES = {
  400: 'The request cannot be read',
  401: 'Not signed in',
  403: 'Not allowed',
  404: 'There is no such thing',
  429: 'Too many requests in a minute; Retry-After says when',
}
const WRITE_STATUSES = { 409: 'Changed by somebody else meanwhile; `details` holds both values', 413: 'Too large' }

/** The OpenAPI 3.1 description, made from the very schemas that requests are parsed with. */
export function describeApi(routes: readonly Route[], version: string): Json {
  const paths: Record<string, Json> = { '/api/v1/changes': { get: CHANGES } }
  for (const route of routes) {
    const path = `/api/v1${route.path.replace(/:(\w+)/g, '{$1}')}`
    paths[path] = { ...paths[path], [route.method]: describeRoute(route) }
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Impulso',
      version,
      description:
        'Everything the portal does, for programs. Sign in with POST /api/auth/sign-in/email; the session is a cookie. Programs use a personal key.',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    paths,
    components: {
      schemas: describeAnswers(),
      securitySchemes: {
        session: { type: 'apiKey', in: 'cookie', name: 'impulso.session_token', description: 'Behind https its name begins with __Host-' },
        key: { type: 'http', scheme: 'bearer', description: 'A personal key, made on the account page' },
      },
    },
    security: [{ session: [] }, { key: [] }],
  }
}

function describeRoute(route: Route): Json {
  const writes = route.method !== 'get'
  const statuses = { ...PROBLEM_STATUSES, ...(writes ? WRITE_STATUSES : {}) }
  return {
    operationId: operationId(route),
    summary: route.summary,
    'x-access-rights': route.rights,
    parameters: [
      ...describeParameters(route.params, 'path'),
      ...describeParameters(route.query, 'query'),
      ...(writes && !route.isSecret ? [IDEMPOTENCY_KEY] : []),
    ],
    ...(route.body ? { requestBody: { required: true, content: { 'application/json': { schema: schemaOf(route.body) } } } } : {}),
    ...(route.takesFile ? { requestBody: { required: true, content: { 'application/octet-stream': {} } } } : {}),
    responses: { 200: { description: 'Done', content: answerContent(route) }, ...describeProblems(statuses) },
  }
}

const describeProblems = (statuses: Readonly<Record<number, string>>): Json =>
  Object.fromEntries(
    Object.entries(statuses).map(([status, description]) => [
      status,
      { description, content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } } },
    ]),
  )

/** The one operation whose answer does not end, and which is for that no `Route`; see `live-route.ts`. */
const CHANGES: Json = {
  operationId: 'getChanges',
  summary: 'Server-sent events of what is changed at customers one may see',
  description:
    '`change` names customers and who changed them; `reset`: something was missed, read anew; `again`: the right changed, ask again; ' +
    '`end`: the session is over; `open` and `beat` say that the stream lives.',
  'x-access-rights': ACCESS_RIGHTS,
  parameters: [
    {
      name: 'Last-Event-ID',
      in: 'header',
      required: false,
      description: 'The id of the last event that was heard, to go on after it.',
      schema: { type: 'string' },
    },
    {
      name: 'after',
      in: 'query',
      required: false,
      description: 'Where no event was heard yet: `changes` of `GET /session`, to hear also what came since that was asked.',
      schema: { type: 'string' },
    },
  ],
  responses: {
    200: { description: 'A stream of events', content: { 'text/event-stream': { schema: { type: 'string' } } } },
    ...describeProblems({ 401: PROBLEM_STATUSES[401], 403: 'Asked for by another site', 429: 'Too many open streams; close one' }),
  },
}

const answerContent = ({ answer }: Route): Json =>
  answer === 'File' ? { 'text/csv': {}, 'application/json': {} } : { 'application/json': { schema: reference(answer) } }

const IDEMPOTENCY_KEY = {
  name: 'Idempotency-Key',
  in: 'header',
  required: false,
  description: 'The same request with the same key is carried out once and answered alike, for a day.',
  schema: { type: 'string', minLength: 1, maxLength: 200 },
}

const operationId = ({ method, path }: Route) =>
  [method, ...path.split(/[/:]+/).filter(Boolean)]
    .map((word, index) => (index === 0 ? word : word[0]?.toUpperCase() + word.slice(1)))
    .join('')

const reference = (name: string) => ({ $ref: `#/components/schemas/${name}` })

function describeParameters(schema: z.ZodObject, where: 'path' | 'query'): Json[] {
  const { properties = {}, required = [] } = schemaOf(schema) as { properties?: Record<string, Json>; required?: string[] }
  return Object.entries(properties).map(([name, property]) => ({
    name,
    in: where,
    required: where === 'path' || required.includes(name),
    schema: property,
  }))
}

function schemaOf(schema: z.ZodType): Json {
  const { $schema: _, ...json } = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' })
  return json
}

/** Every answer under its name; a part that has a name of its own is referred to. */
function describeAnswers(): Json {
  const { schemas } = z.toJSONSchema(NAMED, { uri: id => reference(id).$ref, unrepresentable: 'any' })
  return Object.fromEntries(Object.entries(schemas).map(([id, { $schema: _, $id: __, ...schema }]) => [id, schema]))
}

import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'

export type Metrics = Readonly<{
  /** One answered request; `route` is the pattern, never the address: addresses name customers. */
  observe: (request: { method: string; route: string; status: number; seconds: number }) => void
  begin: () => void
  text: () => Promise<string>
  contentType: string
}>

const SECONDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30]

/** Prometheus metrics of one server. `process` adds memory, CPU and event-loop figures, which keep a timer running. */
export function createMetrics(options: { process: boolean }): Metrics {
  const registry = new Registry()
  if (options.process) collectDefaultMetrics({ register: registry, prefix: 'impulso_' })
  const labelNames = ['method', 'route', 'status'] as const
  const registers = [registry]
  const duration = new Histogram({ name: 'impulso_http_request_seconds', help: 'Time to answer', labelNames, buckets: SECONDS, registers })
  const failures = new Counter({ name: 'impulso_http_failures_total', help: 'Answers with status 5xx', labelNames: ['route'], registers })
  const open = new Gauge({ name: 'impulso_http_requests_open', help: 'Requests being worked on', registers })
  return {
    begin: () => open.inc(),
    observe: ({ method, route, status, seconds }) => {
      open.dec()
      duration.observe({ method, route, status: String(status) }, seconds)
      if (status >= 500) failures.inc({ route })
    },
    text: () => registry.metrics(),
    contentType: registry.contentType,
  }
}

// Measures side by side; run by `npm run bench`, `-- --json` for one JSON line each, `-- --only NAME` for some of them.
import { writeFileSync } from 'node:fs'
import { cpus, totalmem } from 'node:os'
import { parseArgs } from 'node:util'
import type { Bench, Measurement } from './measure.ts'

/** By file; the names a file measures begin with its own, so that `--only` need not load the others. */
const BENCHES: readonly { name: string; load: () => Promise<{ bench: Bench }> }[] = [
  { name: 'compile-pages', load: () => import('./compile-pages.ts') },
  { name: 'usage-read', load: () => import('./usage-read.ts') },
  { name: 'decide-60k', load: () => import('./decide-60k.ts') },
  { name: 'review-deck', load: () => import('./review-deck.ts') },
  { name: 'forecast', load: () => import('./forecast.ts') },
  { name: 'rls-portfolio', load: () => import('./row-level-security.ts') },
  { name: 'portfolio', load: () => import('./portfolio.ts') },
  { name: 'import-portfolio', load: () => import('./import-portfolio.ts') },
  { name: 'sync-tenants', load: () => import('./sync-tenants.ts') },
]

const { values } = parseArgs({ options: { json: { type: 'boolean' }, only: { type: 'string' } } })
const chosen = BENCHES.filter(({ name }) => values.only === undefined || name.startsWith(values.only) || values.only.startsWith(name))
if (chosen.length === 0) {
  console.error(`No bench called ${values.only}; there are ${BENCHES.map(each => each.name).join(', ')}`)
  process.exit(2)
}

const lines: Measurement[] = []
for (const { name, load } of chosen) {
  console.error(`# ${name}`)
  const { bench } = await load()
  for (const line of await bench()) {
    if (values.only !== undefined && !line.name.startsWith(values.only)) continue
    lines.push(line)
    console.log(values.json ? JSON.stringify(line) : sentence(line))
  }
}
if (values.only === undefined) writeFileSync(new URL('results.md', import.meta.url), report(lines))

function sentence({ name, ours, unit, against, other, ratio, size }: Measurement): string {
  const comparison = other === null ? '' : `, ${against} ${other} ${unit}: × ${ratio}`
  return `${name}: ${ours} ${unit}${comparison} (${size})`
}

function report(measured: readonly Measurement[]): string {
  const rows = measured.map(
    ({ name, ours, unit, against, kind, other, ratio, size, runs }) =>
      `| ${name} | ${ours} ${unit} | ${against} (${kind}) | ${other === null ? '–' : `${other} ${unit}`} | ${ratio ?? '–'} | ${size} | ${runs} |`,
  )
  return `# Measured

Written by \`npm run bench\` on ${new Date().toISOString().slice(0, 10)}: ${cpus()[0]?.model ?? 'unknown processor'}, ${cpus().length} cores,
${Math.round(totalmem() / 2 ** 30)} GiB, ${process.platform} ${process.arch}, Node ${process.version}. Medians of runs in turns within one process; ratio = ours / other.
\`limit\` is the least the machine needs for the job, \`peer\` what one would use instead.

| name | ours | against | other | ratio | size | runs |
| --- | --- | --- | --- | --- | --- | --- |
${rows.join('\n')}
`
}

import type { Diagnostic, Severity } from '../../src/model/playbook.ts'
import { CHECKS } from '../../src/playbook/checks/catalogue.ts'
import type { Check, CheckExample } from '../../src/playbook/checks/check.ts'
import { compile } from '../../src/playbook/compile.ts'
import { anchor, code, fenced, page, table } from './markdown.ts'

const SEVERITY_MEANS: Readonly<Record<Severity, string>> = {
  error: 'the playbook is not what the author meant; `impulso playbook check` ends with 1',
  warning: 'read all the same, in the way the message says; with `--strict` it counts as a fault',
  info: 'good to know',
}

/** Every diagnostic of the compiler; remedies and messages are what the compiler says of the examples. */
export function diagnosticsPage(): string {
  const checks = Object.entries<Check>(CHECKS)
  return page('Diagnostics of a playbook', [
    'What `impulso playbook check` can say about your pages and the manifest. Every diagnostic has a code, a severity, and the file, line and column it is about. ' +
      'How pages are written: [the playbook language](../playbook-language.md).',
    table(
      ['severity', 'means'],
      Object.entries(SEVERITY_MEANS).map(([severity, meaning]) => [severity, meaning]),
    ),
    table(
      ['code', 'severity', 'meaning'],
      checks.map(([name, { severity, about }]) => [`[${code(name)}](#${anchor(name)})`, severity, about]),
    ),
    ...checks.flatMap(([name, check]) => describe(name, check)),
  ])
}

function describe(name: string, { severity, about, examples }: Check): string[] {
  const said = examples.map(diagnosticsOf)
  const remedies = [...new Set(said.flat().flatMap(each => (each.code === name && each.help !== null ? [each.help] : [])))]
  return [
    `## ${name}`,
    `${sentence(severity)}. ${about}`,
    ...(remedies.length === 0 ? [] : [remedies.length === 1 ? `Remedy: ${remedies[0]}.` : `Remedies: ${remedies.join('; ')}.`]),
    ...examples.flatMap((example, at) => show(example, said[at] ?? [])),
  ]
}

const diagnosticsOf = ({ pages, manifest }: CheckExample): readonly Diagnostic[] =>
  compile(
    Object.entries(pages).map(([path, text]) => ({ path, text })),
    manifest === undefined ? undefined : { path: 'playbook.yaml', text: manifest },
  ).diagnostics

/** Folded, because pages are long and readers look for one code. */
function show({ name, pages, manifest }: CheckExample, said: readonly Diagnostic[]): string[] {
  return [
    `<details><summary>Example: ${name}</summary>`,
    ...Object.entries(pages).flatMap(([path, text]) => [code(path), fenced('markdown', text)]),
    ...(manifest === undefined ? [] : [code('playbook.yaml'), fenced('yaml', manifest)]),
    'is told',
    fenced('', said.map(each => `${each.file}:${each.line}:${each.column} ${each.severity} ${each.message} [${each.code}]`).join('\n')),
    '</details>',
  ]
}

const sentence = (text: string) => `${text.slice(0, 1).toUpperCase()}${text.slice(1)}`

import rehypeSanitize from 'rehype-sanitize'
import rehypeStringify from 'rehype-stringify'
import remarkGfm from 'remark-gfm'
import remarkParse from 'remark-parse'
import remarkRehype from 'remark-rehype'
import { unified } from 'unified'
import { visit } from 'unist-util-visit'
import type { Playbook, Process, Step } from '../../model/playbook.ts'
import type { Locale, Text } from '../../model/words.ts'
import { COLUMN_LABELS, SECTION_LABELS } from '../../playbook/vocabulary/labels.ts'
import { type Variants, variantsOf } from '../../playbook/vocabulary/locales.ts'

/** A process of a release as a page of safe HTML, below the page's title. Links to other pages lead to them in the portal. */
export function renderProcess(playbook: Playbook, process: Process, locale: Locale): string {
  const page = unified()
    .use(remarkParse)
    .use(remarkGfm)
    .use(remarkRehype)
    .use(() => tree => rewriteLinks(tree, linkTargets(playbook)))
    .use(rehypeSanitize)
    .use(rehypeStringify)
  return String(page.processSync(markdownOf(playbook, process, locale)))
}

function markdownOf(playbook: Playbook, process: Process, locale: Locale): string {
  const say = (text: Text) => text[locale] ?? text[playbook.playbook.sourceLocale ?? ''] ?? Object.values(text)[0] ?? ''
  const section = (name: keyof typeof SECTION_LABELS, body: string) =>
    body.trim() === '' ? [] : [`## ${word(SECTION_LABELS[name], locale)}`, body]
  const list = (lines: readonly string[] | undefined) => (lines ?? []).map(line => `- ${line.replace(/\n/g, '\n  ')}`).join('\n')
  const steps = process.steps.map(step => stepMarkdown(step, say, locale)).join('\n\n')
  const next = process.nextSteps.map(each => {
    const href = each.process ? `${each.process}.md` : each.href
    return `[${escapeText(say(each.text))}](<${href}>)`
  })
  return [
    ...section('overview', say(process.overview)),
    ...section('objectives', say(process.objectives)),
    ...section('approach', steps),
    ...section('keyInputs', list(linesIn(process.keyInputs, locale))),
    ...section('keyOutputs', list(linesIn(process.keyOutputs, locale))),
    ...section('nextSteps', list(next)),
  ].join('\n\n')
}

function stepMarkdown(step: Step, say: (text: Text) => string, locale: Locale): string {
  const heading = `### ${escapeText(say(step.title))}`
  if (step.tasks.length === 0) return `${heading}\n\n${say(step.text)}`
  const head = [COLUMN_LABELS.id, COLUMN_LABELS.name].map(label => word(label, locale))
  const rows = step.tasks.map(task => `| ${escapeCell(task.id)} | ${escapeCell(say(task.title))} |`)
  return [heading, say(step.text), [`| ${head.join(' | ')} |`, '| --- | --- |', ...rows].join('\n')].join('\n\n')
}

const word = (variants: Variants, locale: Locale): string => {
  const found = Object.hasOwn(variants, locale) ? variants[locale as keyof Variants] : undefined
  return variantsOf(found ?? variants.en)[0] ?? ''
}

const linesIn = (lines: Process['keyInputs'], locale: Locale) => lines[locale] ?? Object.values(lines)[0]
const escapeText = (text: string) => text.replace(/[\\`*_[\]<>#]/g, each => `\\${each}`)
const escapeCell = (text: string) => escapeText(text).replace(/\|/g, '\\|').replace(/\s+/g, ' ')

/** File stems and ids by which pages link to each other. */
function linkTargets(playbook: Playbook): ReadonlyMap<string, string> {
  const targets = new Map<string, string>()
  for (const process of playbook.processes) {
    for (const file of [`${process.id}.md`, ...Object.values(process.file)]) targets.set(stemOf(file), process.id)
    for (const next of process.nextSteps) if (next.process) targets.set(stemOf(next.href), next.process)
  }
  return targets
}

const stemOf = (href: string) => (href.split(/[?#]/)[0] ?? '').split('/').at(-1) ?? ''

type Tree = Parameters<typeof visit>[0]

/** Pages of this playbook and addresses on the web stay links; anything else would lead nowhere. */
function rewriteLinks(tree: Tree, targets: ReadonlyMap<string, string>): void {
  visit(tree, 'element', (node: { type: string; tagName?: string; properties?: Record<string, unknown> }) => {
    if (node.tagName !== 'a' || !node.properties) return
    const href = String(node.properties.href ?? '')
    const target = targets.get(stemOf(href))
    if (target !== undefined && !/^[a-z]+:/i.test(href)) node.properties = { href: `/playbooks/${target}` }
    else if (!/^https?:\/\//i.test(href)) node.properties = {}
  })
}

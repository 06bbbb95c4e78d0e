import { describe, expect, test } from 'vitest'
import { compile } from '../compile.ts'
import { CHECKS } from './catalogue.ts'
import type { Check, Checks } from './check.ts'

/** No text can be given that reaches these: one needs a page of hundreds of kilobytes, one a fault of the Markdown parser. */
const WITHOUT_EXAMPLE = ['page/too-long', 'page/unreadable']

const checks = Object.entries<Check>(CHECKS satisfies Checks).filter(([code]) => !WITHOUT_EXAMPLE.includes(code))

describe.each(checks)('%s', (code, { severity, examples }) => {
  test('has an example that brings it about', () => expect(examples.length).toBeGreaterThan(0))
  test.each(examples)('$name', ({ pages, manifest, says }) => {
    const files = Object.entries(pages).map(([path, text]) => ({ path, text }))
    const { diagnostics } = compile(files, manifest === undefined ? undefined : { path: 'playbook.yaml', text: manifest })
    expect(diagnostics.map(each => `${each.line}:${each.column} ${each.code} ${each.message}`)).toEqual(says)
    expect(diagnostics.filter(each => each.code === code).map(each => each.severity)).toContain(severity)
  })
})

test('a page without faults says nothing', () => {
  expect(compile([{ path: 'plan.md', text: '# Plan\n\n## Overview\n\nText.\n' }]).diagnostics).toEqual([])
})

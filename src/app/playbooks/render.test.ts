import { resolve } from 'node:path'
import { expect, test } from 'vitest'
import { compile } from '../../playbook/compile.ts'
import { compilePaths } from './files.ts'
import { renderProcess } from './render.ts'

const { playbook } = compilePaths([resolve('playbooks/microsoft-365-success')])
const page = (id: string, locale: string) => renderProcess(playbook, playbook.processes.find(process => process.id === id)!, locale)

test('a page has its sections, steps and tasks in the language asked for', () => {
  expect(page('support-success-execution', 'en')).toContain('<h2>Overview</h2>')
  expect(page('support-success-execution', 'en')).toMatch(/<td>3731<\/td>/)
  expect(page('support-success-execution', 'pt-BR')).toContain('<h2>Visão geral</h2>')
})

test('links to other pages lead to them in the portal', () => {
  expect(page('support-success-execution', 'en')).toContain('href="/playbooks/conduct-success-review"')
})

test('nothing in a page runs in the browser', () => {
  const text = `# Title

## Overview

<script>alert(1)</script> [a](javascript:alert(1)) ![b](javascript:alert(1)) <img src=x onerror=alert(1)> [c](data:text/html,x) [d](//evil.example/x)
`
  const made = compile([{ path: 'evil.md', text }])
  const html = renderProcess(made.playbook, made.playbook.processes[0]!, 'en')
  expect(html).not.toMatch(/script|onerror|data:|<img|evil\.example/)
})

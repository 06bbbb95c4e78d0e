import { describe, expect, test } from 'vitest'
import { PT_ROW, PT_STEP, PT_TABLE, ROW, STEP, TABLE } from './checks/sample.ts'
import { compile } from './compile.ts'

/** The irregularities of real pages, by their number in the format reference; all texts here are ours. */
const compileOne = (text: string) => compile([{ path: 'plan.md', text }])
const stepsOf = (text: string) => compileOne(text).playbook.processes[0]?.steps ?? []
const tasksOf = (text: string) => stepsOf(text).flatMap(step => step.tasks)
const codesOf = (text: string) => compileOne(text).diagnostics.map(each => each.code)
const plain = { id: '11', mandatory: true, role: 'fasttrack-manager', services: ['teams'] }
const row = (id: string, name = 'Call') => `| ${id} | ${name} | M | FastTrack Manager | Teams |\n`

describe('bytes and front matter', () => {
  test('H1.1, H2.1, H2.2: a BOM, spaces behind the fences, a comment first', () => {
    const { playbook, diagnostics } = compileOne(
      `\ufeff---  \n# required metadata  \ntitle: FastTrack Playbook  \nms.date: 5/2/19\n--- \n${STEP}`,
    )
    expect(playbook.processes[0]?.meta).toEqual({ en: { title: 'FastTrack Playbook', 'ms.date': '5/2/19' } })
    expect(diagnostics).toEqual([])
  })
  test('H1.2, H1.3: invisible characters and odd spaces do not change what a word is', () => {
    const text = (STEP + TABLE + ROW)
      .replace('Primary Role', 'Primary\u00a0Role\u200b')
      .replace('| Teams |', '| Te\u200bams\u00a0 |')
      .replace('### Call', '### Ca\u200bll\u00a0')
    expect(stepsOf(text)).toMatchObject([{ id: 'call', role: 'fasttrack-manager', tasks: [plain] }])
  })
  test('CRLF is a line end like any other', () => {
    const text = STEP + TABLE + ROW
    expect(stepsOf(text.replaceAll('\n', '\r\n'))).toEqual(stepsOf(text))
  })
  test('H2.3: a key without a colon costs that key only', () => {
    const { playbook } = compileOne(`---\ntitle: Plan\nauthor A. Author\nft.owner: owner\n---\n${STEP}`)
    expect(playbook.processes[0]?.meta).toEqual({ en: { title: 'Plan', 'ft.owner': 'owner' } })
  })
  test('H2.5, H3.12: the language is that of the labels', () => {
    expect(compile([{ path: 'de/plan-partner-de.md', text: STEP }]).playbook.playbook.locales).toEqual(['en'])
  })
})

describe('headings and order', () => {
  test('H3.2: a step after "Next Steps" is a step, and a second block of key inputs is added', () => {
    const text = `${STEP}\n## Key Inputs\n\n- One.\n\n## Next Steps\n\n### Write\n\nPrimary Role: **SME**\n\n## Key Inputs\n\n- Two.\n`
    expect(stepsOf(text).map(step => step.id)).toEqual(['call', 'write'])
    expect(compileOne(text).playbook.processes[0]?.keyInputs).toEqual({ en: ['One.', 'Two.'] })
  })
  test('H3.3: a role block straight under "Approach"', () => {
    expect(
      stepsOf('# Plan\n\n## Approach\n\nPrimary Roles: **FastTrack Engineer**\nApplies To: **Windows 10, Microsoft 365 Apps**\n'),
    ).toMatchObject([{ role: 'fasttrack-engineer', services: ['windows', 'office-proplus'] }])
  })
  test('H3.4: a heading inside a list item is a section', () => {
    const text =
      '# Plan\n\n## Key Outputs\n\n- Enterprise customers.\n    \n    ## Refresh Summary\n\n    |Date|Who Changed|What Changed|\n    |---|---|---|\n    |2026-01-02|Ana|Text|\n'
    const [process] = compileOne(text).playbook.processes
    expect(process?.keyOutputs).toEqual({ en: ['Enterprise customers.'] })
    expect(process?.changes).toEqual([{ locale: 'en', date: '2026-01-02', raw: '2026-01-02', who: 'Ana', what: 'Text' }])
  })
  test('H3.5: hashes doubled or without a space', () => {
    expect(compileOne('# Plan\n\n## ##概要\n\n本文。\n').playbook.processes[0]?.overview).toEqual({ ja: '本文。' })
    expect(stepsOf(STEP.replace('### Call', '###Call')).map(step => step.id)).toEqual(['call'])
  })
  test('H3.6, H10.1: uncategorised tasks at the fifth level with their table at the fourth', () => {
    const text = `${STEP}\n##### Uncategorized Tasks (Plan)\n\nPrimary Roles: -\nApplies To: **All Services**\n${TABLE}${ROW}`
    expect(stepsOf(text)).toMatchObject([{ tasks: [] }, { id: 'uncategorised-tasks', role: null, uncategorised: true, tasks: [plain] }])
  })
  test('H3.7, H5.8: no blank line before a heading, an empty table before the next', () => {
    const text = `${STEP}${TABLE}${TABLE.trimStart()}${ROW}### Write\n\nPrimary Role: **SME**\n`
    expect(stepsOf(text)).toMatchObject([
      { id: 'call', tasks: [plain] },
      { id: 'write', tasks: [] },
    ])
  })
})

describe('labelled lines', () => {
  const japanese =
    '# 計画\n\n## アプローチ\n\n### 電話\n\n主な役割:**FastTrack マネージャー**\nモーション: **お客様の状態 / RFA / ターゲティング**\n適用対象: **Outlook Mobile/Teams/Yammer**\n'
  const wanted = {
    role: 'fasttrack-manager',
    initiatives: ['customer-health', 'rfa', 'targeting'],
    services: ['outlook-mobile', 'teams', 'yammer'],
  }
  test('H4.1: no hard breaks', () => expect(stepsOf(japanese)).toMatchObject([wanted]))
  test('H4.2: blank lines between', () => expect(stepsOf(japanese.replaceAll('**\n', '**\n\n'))).toMatchObject([wanted]))
  test('H4.3: full-width colons', () => expect(stepsOf(japanese.replaceAll(/: ?\*/g, '：*'))).toMatchObject([wanted]))
  test('H4.4: a bold value that wraps', () => {
    expect(stepsOf(STEP.replace('**Teams**', '**Exchange / OneDrive para la Empresa /\nSharePoint**'))).toMatchObject([
      { services: ['exchange', 'onedrive', 'sharepoint'], text: {} },
    ])
  })
  test('H4.5, H4.6: a dash for none, a space before the closing asterisks', () => {
    expect(stepsOf(STEP.replace('**FastTrack Manager**', '**-**').replace('**Teams**', '**Teams **'))).toMatchObject([
      { role: null, services: ['teams'] },
    ])
  })
  test('H7.1: only known names tell whether a slash separates', () => {
    const services = (value: string) => stepsOf(STEP.replace('Teams', value))[0]?.services
    expect(services('Classroom/SDS')).toEqual(['classroom'])
    expect(services('Exchange/OATP')).toEqual(['exchange', 'defender-office'])
    expect(services('Office ProPlus/Windows 10')).toEqual(['office-proplus', 'windows'])
    expect(services('All サービス')).toBe('all')
  })
  test('a rule label in prose is prose', () => {
    expect(stepsOf(`${STEP}\nDone: the meeting was held.\n`)).toMatchObject([{ rules: [], text: { en: 'Done: the meeting was held.' } }])
  })
})

describe('task tables', () => {
  test('H6.1: the letters are those of the heading', () => {
    expect(tasksOf(PT_STEP + PT_TABLE + PT_ROW)).toMatchObject([plain])
    expect(tasksOf(PT_STEP + PT_TABLE + PT_ROW.replace('| b |', '| M |'))).toMatchObject([plain])
    expect(tasksOf(PT_STEP + PT_TABLE + PT_ROW.replace('| b |', '| O |'))).toMatchObject([{ ...plain, mandatory: false }])
    const old = PT_TABLE.replace('(b) Obrigatório / (O) Opcional', 'O(b)rigatório / (O)pcional')
    expect(tasksOf(PT_STEP + old + PT_ROW)).toMatchObject([plain])
    const german = TABLE.replace('(M)andatory / (O)ptional', '(E) Erforderlich (O) Optional')
    expect(tasksOf(STEP + german + ROW.replace('| M |', '| E |'))).toMatchObject([plain])
  })
  test('H5.1: rows joined by two bars', () => {
    const joined = `${row('11').trimEnd()}${row('12').trim()}\n`
    expect(tasksOf(STEP + TABLE + joined)).toMatchObject([plain, { ...plain, id: '12' }])
  })
  test('H5.2: a row broken after a bar, and one broken inside a cell', () => {
    expect(tasksOf(`${STEP}${TABLE}| 11 | Call | M |\nFastTrack Manager | Teams |\n${row('12')}`)).toMatchObject([plain, { id: '12' }])
    expect(tasksOf(`${STEP}${TABLE}| 11 | Call the\ncustomer | M | FastTrack Manager | Teams |\n`)).toMatchObject([
      { ...plain, title: { en: 'Call the customer' } },
    ])
  })
  test('H5.3, H5.4: a missing bar, a missing name', () => {
    expect(tasksOf(`${STEP}${TABLE}| 11 | Call | M FastTrack Manager | Teams |\n`)).toMatchObject([plain])
    expect(tasksOf(`${STEP}${TABLE}| [11](https://example.org/x) | M | FastTrack Manager | Teams |\n`)).toMatchObject([
      { ...plain, links: [{ href: 'https://example.org/x' }] },
    ])
  })
  test('H5.5, H5.7, H5.9: doubled, missing and absent bars at the ends', () => {
    expect(tasksOf(`${STEP}${TABLE}|${ROW}`)).toMatchObject([plain])
    expect(tasksOf(`${STEP}${TABLE}${ROW.trimEnd().slice(0, -1)}`)).toMatchObject([plain])
    expect(tasksOf(`${STEP}${TABLE} ${ROW.slice(1)}`)).toMatchObject([plain])
  })
  test('H5.6: bars of heading and separator that do not agree', () => {
    expect(tasksOf(`${STEP}${TABLE.replace('| Task Name', '|| Task Name')}${ROW}`)).toMatchObject([plain])
  })
  test('H5.12: four columns and short names of roles', () => {
    const table =
      '\n#### FTOP Tasks\n\n| **Task ID** | **Task Description** | **(M) Mandatory (O) Optional** | **FastTrack Role** |\n| - | - | - | -|\n| 11 | Call | M | FM |\n'
    expect(tasksOf(STEP + table)).toMatchObject([plain])
  })
  test('H5.13: other tables are text, not tasks', () => {
    const other = '\n| Data Field / Common Name | Required | First Entered |\n| - | - | - |\n| Name | yes | Initiate |\n'
    expect(tasksOf(STEP + other)).toEqual([])
    expect(stepsOf(STEP + other)[0]?.text.en).toContain('| Name | yes | Initiate |')
  })
  test('H3.1: of an unfinished merge one side is read, and nothing goes unnamed', () => {
    const merge = `<<<<<<< HEAD\n${row('11')}=======\n${row('11').replace('| M |', '| O |')}${row('12')}>>>>>>> 4b48cb7\n`
    expect(tasksOf(STEP + TABLE + merge + row('13')).map(task => [task.id, task.mandatory])).toEqual([
      ['11', true],
      ['13', true],
    ])
    expect(compileOne(STEP + TABLE + merge).diagnostics[0]?.message).toMatch(/task 12$/)
  })
  test('H6.4, H6.6, H6.7: links in id and name, braces in names', () => {
    const [task] = tasksOf(
      `${STEP}${TABLE}| [11](https://example.org/a) | Call - [{Wizard} Plan](https://example.org/b)をご覧ください http://example.org/cです | M | FastTrack Manager | Teams |\n`,
    )
    expect(task).toMatchObject({
      ...plain,
      links: [{ href: 'https://example.org/a' }, { href: 'https://example.org/b' }, { href: 'http://example.org/c' }],
    })
    expect(task?.title.en).toMatch(/^Call - \{Wizard\} Plan/)
  })
  test('H7.6: a task keeps its own role', () => {
    expect(stepsOf(`${STEP}${TABLE}${ROW.replace('FastTrack Manager', 'FE')}`)).toMatchObject([
      { role: 'fasttrack-manager', tasks: [{ role: 'fasttrack-engineer' }] },
    ])
  })
})

describe('refresh dates', () => {
  const changes = (label: 'en' | 'pt', ...dates: string[]) => {
    const head =
      label === 'en'
        ? '## Refresh Summary\n\n| Date | Who Changed | What Changed |'
        : '## Resumo de Atualização\n\n| Data | Quem Mudou | O Que Mudou |'
    const { playbook, diagnostics } = compileOne(
      `# Plan\n\n${head}\n| - | - | - |\n${dates.map(date => `| ${date} | Ana | Text |`).join('\n')}\n`,
    )
    return [playbook.processes[0]?.changes.map(each => each.date), diagnostics.map(each => each.code)]
  }
  test('H8.1: another row decides the order', () => {
    expect(changes('pt', '06/03/2019', '26/09/2019')).toEqual([['2019-03-06', '2019-09-26'], []])
    expect(changes('pt', '03/06/2019', '03/26/2020')).toEqual([['2019-03-06', '2020-03-26'], []])
  })
  test('H8.2: with both orders in one table each row stands alone', () => {
    expect(changes('pt', '12/18/2019', '26/02/2019', '06/03/2019', '05/05/2019')).toEqual([
      ['2019-12-18', '2019-02-26', null, '2019-05-05'],
      ['date/ambiguous'],
    ])
  })
  test('H8.3, H8.5: other notations', () => {
    expect(changes('en', '2019 年 2 月 26 日', '2018/12/7', '26.7.2019', '5/2/19')).toEqual([
      ['2019-02-26', '2018-12-07', '2019-07-26', '2019-05-02'],
      [],
    ])
  })
  test('H8.4: slips are kept as they are', () => {
    expect(changes('en', '10/018/2019', '/2019 年 12 月 18 日', '13/13/2019')).toEqual([
      [null, null, null],
      ['date/unreadable', 'date/unreadable', 'date/unreadable'],
    ])
  })
})

describe('links', () => {
  test('H9.1, H9.2: a process is found under the names that real links use', () => {
    const files = ['initiate-conduct-customer-kick-off-partner.md', 'plan.md'].map(path => ({ path, text: STEP }))
    const nextOf = (href: string) => {
      const text = `${STEP}\n## Next Steps\n\n- [Go](${href})\n\n[Home](http://example.org)\n`
      const { playbook } = compile([
        { ...files[0]!, path: files[0]?.path ?? '' },
        { path: 'plan.md', text },
      ])
      return playbook.processes.find(each => each.id === 'plan')?.nextSteps.map(each => each.process)
    }
    for (const href of [
      'initiate-conduct-customer-kickoff-partner.md',
      'initiate-customer-kick-off-partner-sc.md',
      'conduct-customer-kickoff.md',
      'initiate-conduct-customer-kick-off-partner-SC.md',
    ]) {
      expect(nextOf(href)).toEqual(['conduct-customer-kickoff'])
    }
    expect(nextOf('initiate-something-else-partner.md')).toEqual([null])
  })
  test('http addresses and anchors are no remark', () => {
    expect(codesOf(`${STEP}\nSee [a](https://example.org/x.md), [b](#call), [c](media/x.png).\n`)).toEqual([])
  })
})

test('a process is named by front matter, manifest, file name, description, in this order', () => {
  const idOf = (path: string, text = STEP, manifest?: string) =>
    compile([{ path, text }], manifest === undefined ? undefined : { path: 'playbook.yaml', text: manifest }).playbook.processes[0]?.id
  const manifest = 'id: p\nversion: "1"\nprocesses: { named: { pages: { en: success-plan-partner.md } } }\n'
  expect(idOf('success-plan-partner.md', `---\nid: own\n---\n${STEP}`, manifest)).toBe('own')
  expect(idOf('success-plan-partner.md', STEP, manifest)).toBe('named')
  expect(idOf('success-conduct-success-review-partner-pr.md')).toBe('conduct-success-review')
  expect(idOf('conduct-success-review.pt-BR.md')).toBe('conduct-success-review')
  expect(idOf('enable-enable-services-partner-de.md')).toBe('enable-services')
  expect(idOf('enable-services.md', `---\ndescription: Playbook - Enable Services\n---\n${STEP}`)).toBe('enable-services')
  expect(idOf('migrate-migration-partner.md')).toBe('migration')
  expect(idOf('.md', `---\ndescription: Conduct Kick-off\n---\n${STEP}`)).toBe('conduct-kick-off')
})

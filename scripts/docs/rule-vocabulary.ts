import { SERVICES } from '../../src/model/services.ts'
import { RULE_FUNCTIONS, RULE_OBJECTS, RULE_VARIABLES, type RuleType } from '../../src/model/vocabulary.ts'
import { never } from '../../src/model/words.ts'
import { code, page, table } from './markdown.ts'

/** Every name a rule may say, with its type. */
export function ruleVocabularyPage(): string {
  return page('Rule vocabulary', [
    'Every name that a rule may use, and what kind of value it is. What the names mean and how a rule is written: ' +
      '[the playbook language](../playbook-language.md#what-a-rule-can-say). Every value may be unknown. A percent is compared with a whole number or a fraction: `>= 9.5`.',
    '## Names',
    '`service` exists only in rules of a step or check that is per service.',
    table(
      ['name', 'value'],
      Object.entries(RULE_VARIABLES).flatMap(([name, type]) => paths(name, type)),
    ),
    '## Members of lists',
    'In `services.all(s, …)` and `intendedServices.exists(s, …)`, `s` has everything that `service` has. Other lists of things with parts:',
    table(
      ['in', 'each has', 'value'],
      listsOfObjects().flatMap(([list, object]) =>
        Object.entries(RULE_OBJECTS[object] ?? {}).map(([field, type]) => [code(list), code(`.${field}`), words(type)]),
      ),
    ),
    '## Functions',
    'A text given to `task` or `gate` is written out in quotes, so that the compiler can see that the task or gate exists.',
    table(
      ['function', 'takes', 'gives'],
      Object.entries(RULE_FUNCTIONS).flatMap(([name, { args, returns }]) =>
        paths(`${name}(${args.map(short).join(', ')})`, returns).map(([path = '', value = '']) => [
          path,
          args.map(words).join('; '),
          value,
        ]),
      ),
    ),
    '## Services',
    `\`service.id\` is one of these, or a service that the manifest defines: ${SERVICES.map(each => code(`"${each.id}"`)).join(', ')}.`,
  ])
}

/** An object has no value of its own: its fields stand instead, under their whole name. */
function paths(name: string, type: RuleType): string[][] {
  if (type.kind !== 'object') return [[code(name), words(type)]]
  return Object.entries(RULE_OBJECTS[type.name] ?? {}).flatMap(([field, inner]) => paths(`${name}.${field}`, inner))
}

function listsOfObjects(): (readonly [list: string, object: string])[] {
  return Object.entries(RULE_VARIABLES).flatMap(([name, type]) =>
    type.kind !== 'object'
      ? []
      : Object.entries(RULE_OBJECTS[type.name] ?? {}).flatMap(([field, inner]) =>
          inner.kind === 'list' && inner.of.kind === 'object' ? [[`${name}.${field}`, inner.of.name] as const] : [],
        ),
  )
}

function words(type: RuleType): string {
  switch (type.kind) {
    case 'bool':
      return 'yes or no'
    case 'int':
      return 'whole number'
    case 'percent':
      return 'percent'
    case 'string':
      return 'text'
    case 'date':
      return 'date'
    case 'enum':
      return type.of.map(each => code(`"${each}"`)).join(', ')
    case 'service-id':
      return 'id of a [service](#services)'
    case 'object':
      return type.name.toLowerCase()
    case 'list':
      return type.of.kind === 'object' ? `list of ${type.of.name.toLowerCase()}s` : `list of ${words(type.of)}`
    default:
      return never(type)
  }
}

const SHORT: Readonly<Record<RuleType['kind'], string>> = {
  bool: 'condition',
  int: 'n',
  percent: 'percent',
  string: '"…"',
  date: 'date',
  enum: '"…"',
  'service-id': '"…"',
  object: 'service',
  list: 'list',
}
const short = (type: RuleType) => SHORT[type.kind]

import { expect, test } from 'vitest'
import { parseEntitlements } from './entitlements.ts'

test.each([
  ['CSV', 'service,entitled\nteams,300\nViva Engage,20\n'],
  ['CSV of a spreadsheet', '\uFEFFentitled;Note;service\r\n300;x;Microsoft Teams\r\n20;;yammer\r\n'],
  ['YAML', 'teams: 300\nViva Engage: 20\n'],
  ['JSON', '{ "teams": 300, "yammer": 20 }'],
])('%s gives seats per service', (_name, text) => {
  expect(parseEntitlements(text, 'seats')).toEqual({ seats: { teams: 300, yammer: 20 }, problems: [] })
})

test.each([
  ['service,entitled\nteams,300\nTeamz,1\n', 'unknown-service', 3],
  ['service,entitled\nteams,many\n', 'bad-seats', 2],
  ['service,entitled\nteams,-1\n', 'bad-seats', 2],
  ['service,entitled\nteams,1\n\nMicrosoft Teams,2\n', 'repeated-service', 4],
  ['service,entitled\nteams\n', 'bad-row', 2],
  ['teams: 3\nonedrive: 1.5\n', 'bad-seats', 2],
  ['teams: [1]\n', 'bad-seats', 1],
  ['just words', 'bad-entitlements', 1],
  ['teams: 1\nyammer: [1\nonedrive: 2\n', 'bad-yaml', 3],
])('%j is told as %s on line %i', (text, code, line) => {
  expect(parseEntitlements(text, 'seats').problems[0]).toMatchObject({ code, severity: 'error', file: 'seats', line })
})

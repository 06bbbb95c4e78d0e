import { Day } from '../../model/words.ts'
import { EVERY_FAULT } from './faults.ts'
import type { Simulator } from './simulator.ts'
import type { SimulatedTenant } from './tenants.ts'

/** The page at `/` of a running simulator: what to type into Impulso, and what to let go wrong. For people on this machine, in English. */
export function adminPage(simulator: Simulator): string {
  const { rate } = simulator.faultChance()
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>Graph simulator</title>
<style>body{font:16px/1.5 system-ui,sans-serif;margin:2rem;max-width:75rem}table{border-collapse:collapse}td,th{border:1px solid #999;padding:.3rem .6rem;text-align:left;vertical-align:top}code{user-select:all}form{display:inline}</style>
</head>
<body>
<h1>Graph simulator</h1>
<p>Invented tenants, for trying Impulso out. Start Impulso with <code>IMPULSO_GRAPH_SIMULATOR=${simulator.url}</code>, connect a tenant and choose the cloud “Simulator”. Its reporting service believes it is <strong>${simulator.today()}</strong>.</p>
<h2>Faults by chance</h2>
<form method="post" action="/change"><input type="hidden" name="do" value="rate"><label>Percent of requests <input name="value" type="number" min="0" max="100" step="any" value="${rate * 100}"></label> <button>Set</button></form>
<form method="post" action="/change"><input type="hidden" name="do" value="day"><label>Today <input name="value" type="date" value="${simulator.today()}"></label> <button>Set</button></form>
<form method="post" action="/change"><input type="hidden" name="do" value="tokens"><button>Let all tokens expire</button></form>
<h2>Tenants</h2>
<table>
<thead><tr><th>Tenant</th><th>To type into Impulso</th><th>Seen so far</th><th>Next fault</th><th>Switches</th></tr></thead>
<tbody>
${simulator
  .tenants()
  .map(tenant => row(simulator, tenant))
  .join('\n')}
</tbody>
</table>
<h2>Calendars</h2>
${events(simulator)}
</body>
</html>
`
}

function row(simulator: Simulator, tenant: SimulatedTenant): string {
  const asked = simulator.requests().filter(each => each.tenant === tenant.directory)
  const faults = Object.entries(simulator.faultsSeen()[tenant.directory] ?? {})
  const form = (name: string, button: string, more = '') =>
    `<form method="post" action="/change"><input type="hidden" name="do" value="${name}"><input type="hidden" name="tenant" value="${tenant.directory}">${more}<button>${button}</button></form>`
  const choices = EVERY_FAULT.map(fault => `<option>${fault}</option>`).join('')
  return `<tr>
<td>${escaped(tenant.name)}<br>${tenant.people} people, ${tenant.services.size} services</td>
<td>Directory <code>${tenant.directory}</code><br>Client <code>${tenant.clientId}</code><br>Secret <code>${tenant.secret}</code></td>
<td>${asked.length} requests, ${asked.filter(each => each.isOverBudget).length} over the limit<br>${faults.map(([fault, count]) => `${fault}: ${count}`).join('<br>') || 'no faults'}</td>
<td>${form('fault', 'Plan', `<select name="value" aria-label="Fault of the next report">${choices}</select> `)}</td>
<td>${form('conceal', tenant.concealed ? 'Show names' : 'Conceal names')}<br>${form('ready', tenant.isReady ? 'Make not ready' : 'Make ready')}<br>${form('consent', tenant.consent ? 'Take consent back' : 'Consent')}</td>
</tr>`
}

function events(simulator: Simulator): string {
  const rows = simulator.tenants().flatMap(({ directory }) => simulator.calendar(directory).map(event => ({ directory, event })))
  if (rows.length === 0) return '<p>No meetings yet.</p>'
  const form = (directory: string, id: string, name: string, button: string) =>
    `<form method="post" action="/change"><input type="hidden" name="do" value="${name}"><input type="hidden" name="tenant" value="${directory}"><input type="hidden" name="value" value="${id}"><button>${button}</button></form>`
  return `<table>
<thead><tr><th>Mailbox</th><th>Meeting</th><th>When</th><th>Attendees</th><th>As a person in Outlook</th></tr></thead>
<tbody>
${rows
  .map(
    ({ directory, event }) => `<tr>
<td>${escaped(event.mailbox)}</td>
<td>${escaped(event.subject)}<br>${event.state}</td>
<td>${escaped(event.instances.slice(0, 5).join(', '))}${event.recurrence === null ? '' : `<br><code>${escaped(JSON.stringify(event.recurrence))}</code>`}</td>
<td>${event.attendees.map(({ email, response }) => `${escaped(email)}: ${response}`).join('<br>')}</td>
<td>${event.state === 'there' ? `${form(directory, event.id, 'accept', 'Everybody accepts')}<br>${form(directory, event.id, 'remove', 'Delete')}` : ''}</td>
</tr>`,
  )
  .join('\n')}
</tbody>
</table>`
}

/** Does what the form of the page says; answers what is wrong with it, if anything. */
export function changeByForm(simulator: Simulator, form: URLSearchParams): string | null {
  const value = form.get('value') ?? ''
  switch (form.get('do')) {
    case 'rate': {
      const percent = Number(value)
      if (!(percent >= 0 && percent <= 100)) return 'A number of percent, 0 to 100.'
      simulator.setFaults({ ...simulator.faultChance(), rate: percent / 100 })
      return null
    }
    case 'day': {
      const day = Day.safeParse(value)
      if (!day.success) return 'A day, YYYY-MM-DD.'
      simulator.setToday(day.data)
      return null
    }
    case 'tokens':
      simulator.expireTokens()
      return null
    default:
      return changeTenant(simulator, form, value)
  }
}

function changeTenant(simulator: Simulator, form: URLSearchParams, value: string): string | null {
  const tenant = simulator.tenants().find(each => each.directory === form.get('tenant'))
  if (!tenant) return 'There is no such tenant.'
  switch (form.get('do')) {
    case 'fault': {
      const fault = EVERY_FAULT.find(each => each === value)
      if (!fault) return `A fault is one of ${EVERY_FAULT.join(', ')}.`
      simulator.planFault({ fault, tenant: tenant.directory, ...(fault === 'lost-answer' ? { fn: 'calendar' } : {}) })
      return null
    }
    case 'accept': {
      const event = simulator.calendar(tenant.directory).find(each => each.id === value)
      for (const { email } of event?.attendees ?? []) simulator.respond(tenant.directory, value, email, 'accepted')
      return event ? null : 'There is no such meeting.'
    }
    case 'remove':
      return simulator.removeEvent(tenant.directory, value) ? null : 'There is no such meeting.'
    case 'conceal':
      simulator.changeTenant(tenant.directory, { concealed: !tenant.concealed })
      return null
    case 'ready':
      simulator.changeTenant(tenant.directory, { isReady: !tenant.isReady })
      return null
    case 'consent':
      simulator.changeTenant(tenant.directory, {
        consent: tenant.consent ? null : { reports: true, settings: true, seats: true, calendars: true },
      })
      return null
    default:
      return 'There is nothing of that name to do.'
  }
}

const escaped = (text: string) => text.replace(/[&<>"]/g, each => `&#${each.charCodeAt(0)};`)

import type { PlaybookView } from '../../model/api.ts'
import type { Playbook } from '../../model/playbook.ts'

/** What the portal needs of a release. */
export function playbookView(playbook: Playbook): PlaybookView {
  const { hash, id, version, locales } = playbook.playbook
  return {
    hash,
    id,
    version,
    locales,
    phases: playbook.phases,
    services: playbook.services.map(service => ({ id: service.id, name: service.name })),
    roles: playbook.roles.map(role => ({ id: role.id, name: role.name })),
    gates: playbook.gates.map(gate => ({ id: gate.id, name: gate.name })),
    processes: playbook.processes,
  }
}

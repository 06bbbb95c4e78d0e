import type { RoleDef } from '../../model/playbook.ts'

const role = (id: string, en: string, pt: string, aliases: readonly string[] = []): RoleDef => ({
  id,
  name: { en, 'pt-BR': pt },
  aliases: [en, pt, ...aliases],
})

/** Who a task is for, with the names real pages use; compared without case, accents and spaces. */
export const ROLES: readonly RoleDef[] = [
  role('fasttrack-manager', 'FastTrack Manager', 'Gerente FastTrack', [
    'FM',
    'FastTrack-Manager',
    'Administrador de FastTrack',
    'Administrador FastTrack',
    'Gerente Microsoft FastTrack',
    'FastTrack マネージャー',
    'FastTrack 经理',
  ]),
  role('fasttrack-engineer', 'FastTrack Engineer', 'Engenheiro FastTrack', [
    'FE',
    'O FE',
    'FastTrack-Entwickler',
    'Ingeniero de FastTrack',
    'Ingeniero FastTrack',
    'Ingenieros de FastTrack',
    'Ingeniero de FastTrack Engineer',
    'Engenheiro Microsoft FastTrack',
    'FastTrack エンジニア',
    'FastTrack 工程师',
  ]),
  role('customer-success-manager', 'Customer Success Manager', 'Gerente de Sucesso do Cliente', ['CSM']),
  role('subject-matter-expert', 'Subject Matter Expert', 'Especialista no Assunto', ['SME', 'PME']),
  role('migration-velocity-manager', 'Migration Velocity Manager', 'Gerente de Migração', [
    'MVM',
    'Administrador de velocidad de migración',
    'Administrador de velocidad de la migración',
    'Administración de velocidad de migración',
    'Administración de velocidad de la migración',
    'Administrador de la velocidad de migration',
    'Geschwindigkeitsmigrationsmanager',
    'Migrationsgeschwindigkeitsmanager',
    '移行ヴェロシティー マネージャー',
    '迁移高速经理',
  ]),
  role('regional-manager', 'Regional Manager', 'Gerente Regional', ['FastTrack Regional Manager']),
  role('ready-partner', 'FastTrack Ready Partner', 'Microsoft FastTrack Ready Partner', [
    'Socio listo para usar FastTrack',
    'Qualifizierter FastTrack-Partner',
    'FastTrack 対応パートナー',
    'FastTrack 就绪合作伙伴',
  ]),
  role('architect', 'FastTrack Architect', 'Arquiteto FastTrack', ['FTA', 'GM FTA']),
]

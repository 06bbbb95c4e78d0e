import type { Variants } from './locales.ts'

/**
 * Every word a page uses for structure, per language as observed in real pages, spelling slips included.
 * A new language is a new column; nothing else changes.
 */
export const LINE_LABELS = {
  phase: { en: 'Phase', es: 'Fase', de: 'Phase', 'pt-BR': 'Fase', ja: 'フェーズ', 'zh-Hans': '阶段' },
  initiatives: {
    en: 'Motions · Initiatives · Motion · Initiative',
    es: 'Iniciativas · Movimientos',
    de: 'Konzepte',
    'pt-BR': 'Iniciativas · Propostas · Iniciativa',
    ja: 'モーション',
    'zh-Hans': '行动',
  },
  role: {
    en: 'Primary Role · Primary Roles',
    es: 'Rol principal · Roles principales',
    de: 'Primäre Rolle · Primäre Rollen',
    'pt-BR': 'Função Principal · Funções Principais',
    ja: '主な役割',
    'zh-Hans': '主要角色',
  },
  otherRoles: {
    en: 'Secondary Roles · Secondary Role',
    es: 'Roles secundarios',
    de: 'Sekundäre Rollen',
    'pt-BR': 'Funções Secundárias',
    ja: 'セカンダリ役割',
    'zh-Hans': '次要角色',
  },
  programManager: {
    en: 'Program Manager',
    es: 'Directora del programa',
    de: 'Programmmanager · Programm-Manager',
    'pt-BR': 'Gerente de Programa',
    ja: 'プログラム マネージャー',
    'zh-Hans': '计划经理',
  },
  services: {
    en: 'Applies To',
    es: 'Aplicar a · Aplica a · Se aplica a',
    de: 'Gilt für',
    'pt-BR': 'Aplica-se a',
    ja: '適用対象',
    'zh-Hans': '适用于',
  },
} as const satisfies Record<string, Variants>

/** Our own addition to the pages: a label and a code span. Chosen so that none is a label of another kind. */
export const RULE_LABELS = {
  opens: { en: 'Opens', 'pt-BR': 'Abre', es: 'Abre', de: 'Öffnet', ja: '開始条件', 'zh-Hans': '开启' },
  when: { en: 'When', 'pt-BR': 'Quando', es: 'Cuando', de: 'Wenn', ja: '条件', 'zh-Hans': '当' },
  unless: { en: 'Unless', 'pt-BR': 'Exceto se', es: 'Excepto si', de: 'Außer wenn', ja: '除外条件', 'zh-Hans': '除非' },
  needs: { en: 'Needs', 'pt-BR': 'Requer', es: 'Requiere', de: 'Braucht', ja: '前提条件', 'zh-Hans': '需要' },
  done: { en: 'Done', 'pt-BR': 'Concluído', es: 'Hecho', de: 'Erledigt', ja: '完了条件', 'zh-Hans': '完成' },
  due: { en: 'Due', 'pt-BR': 'Prazo', es: 'Plazo', de: 'Fällig', ja: '期限', 'zh-Hans': '期限' },
} as const satisfies Record<string, Variants>

export const SECTION_LABELS = {
  overview: {
    en: 'Overview',
    es: 'Descripción general · Información general',
    de: 'Übersicht',
    'pt-BR': 'Visão geral',
    ja: '概要',
    'zh-Hans': '概述',
  },
  objectives: {
    en: 'Objectives',
    es: 'Objetivos · Objectivos',
    de: 'Ziele · Zielsetzungen',
    'pt-BR': 'Objetivos',
    ja: '目標',
    'zh-Hans': '目标',
  },
  approach: { en: 'Approach', es: 'Enfoque', de: 'Methode · Ansatz', 'pt-BR': 'Abordagem', ja: 'アプローチ', 'zh-Hans': '方法' },
  // "Principais Ações" is what the Portuguese pages call their key inputs.
  keyInputs: {
    en: 'Key Inputs',
    es: 'Entradas clave · Entradas claves',
    de: 'Wichtige Inputs',
    'pt-BR': 'Principais Ações · Principais Entradas',
    ja: '重要な情報',
    'zh-Hans': '重要投入',
  },
  keyOutputs: {
    en: 'Key Outputs',
    es: 'Resultados clave · Resultados claves',
    de: 'Wichtige Ergebnisse',
    'pt-BR': 'Principais Resultados',
    ja: '主な結果',
    'zh-Hans': '重要成果',
  },
  nextSteps: {
    en: 'Next Steps',
    es: 'Siguientes pasos · Próximos pasos',
    de: 'Nächste Schritte',
    'pt-BR': 'Próximas etapas',
    ja: '次のステップ',
    'zh-Hans': '后续步骤',
  },
  dataCollected: {
    en: 'Data Collected',
    es: 'Datos recopilados',
    de: 'Gesammelte Daten',
    'pt-BR': 'Dados Coletados',
    ja: '収集されたデータ',
    'zh-Hans': '收集数据',
  },
  changes: {
    en: 'Refresh Summary',
    es: 'Resumen de actualización',
    de: 'Zusammenfassung der Aktualisierung · Zusammenfassung aktualisieren',
    'pt-BR': 'Resumo de Atualização',
    ja: '概要の更新',
    'zh-Hans': '刷新摘要',
  },
  tasks: {
    en: 'FTOP Tasks · Tasks',
    es: 'Tareas de FTOP · Tareas',
    de: 'FTOP-Aufgaben · Aufgaben',
    'pt-BR': 'Tarefas do FTOP · Tarefas',
    ja: 'FTOP タスク',
    'zh-Hans': 'FTOP 任务',
  },
  uncategorised: {
    en: 'Uncategorized Tasks · Uncategorised Tasks',
    es: 'Tareas no categorizadas',
    de: 'Nicht kategorisierte Aufgaben',
    'pt-BR': 'Tarefas Não Categorizadas',
    ja: '未分類のタスク · 未分類タスク',
    'zh-Hans': '未分类任务',
  },
} as const satisfies Record<string, Variants>

export const COLUMN_LABELS = {
  id: {
    en: 'Task ID',
    es: 'Id. de tarea · Id. de Tareas · Id. de la tarea · Tareas de Id.',
    de: 'Aufgaben-ID',
    'pt-BR': 'ID da Tarefa',
    ja: 'タスク ID',
    'zh-Hans': '任务 ID',
  },
  name: {
    en: 'Task Name · Task Description',
    es: 'Nombre de la tarea · Nombre de tarea · Descripción de la tarea',
    de: 'Name der Aufgabe · Aufgabenbeschreibung',
    'pt-BR': 'Nome da tarefa · Descrição da Tarefa',
    ja: 'タスク名 · タスク説明',
    'zh-Hans': '任务名称 · 任务描述',
  },
  mandatory: {
    en: '(M)andatory / (O)ptional · (M) Mandatory (O) Optional',
    es: '(M)andatorio / (O)pcional · (M) Mandatorio (O) Opcional',
    de: '(E) Erforderlich (O) Optional · (E)rforderlich/(O)ptional',
    'pt-BR': '(b) Obrigatório / (O) Opcional · O(b)rigatório / (O)pcional · O(b)brigatório / (O)pcional',
    ja: '(M) 必須 (O) オプション · (M) (必須) / (O) (任意)',
    'zh-Hans': '(M) 强制性/(O) 可选',
  },
  role: {
    en: 'FastTrack Role · Role',
    es: 'Rol de FastTrack',
    de: 'FastTrack-Rolle',
    'pt-BR': 'Função do Microsoft FastTrack · Função do FastTrack · Função',
    ja: 'FastTrack の役割 · FastTrack 役割 · FastTrack や',
    'zh-Hans': 'FastTrack 角色',
  },
  services: { en: 'Services', es: 'Servicios', de: 'Dienste · Services', 'pt-BR': 'Serviços', ja: 'サービス', 'zh-Hans': '服务 · 访问' },
  date: { en: 'Date', es: 'Fecha', de: 'Datum', 'pt-BR': 'Data', ja: '日付', 'zh-Hans': '日期' },
  who: {
    en: 'Who Changed',
    es: 'Quién realizó el cambio · Quién cambió',
    de: 'Geändert durch',
    'pt-BR': 'Quem Mudou',
    ja: '変更者',
    'zh-Hans': '变更人',
  },
  what: {
    en: 'What Changed',
    es: 'Qué cambió',
    de: 'Änderung an · Änderung von',
    'pt-BR': 'O Que Mudou',
    ja: '変更内容',
    'zh-Hans': '变更内容',
  },
  notes: { en: 'Notes', es: 'Notas · Notes', de: 'Notizen', 'pt-BR': 'Notas · Anotações', ja: 'メモ', 'zh-Hans': '备注' },
} as const satisfies Record<string, Variants>

/** Values that a label line may have. */
export const PHASES = {
  initiate: { en: 'Initiate', es: 'Iniciar', de: 'Einleitung · Start', 'pt-BR': 'Iniciar', ja: '開始', 'zh-Hans': '启动' },
  assess: { en: 'Assess', es: 'Evaluación', de: 'Analyse', 'pt-BR': 'Avaliar', ja: '調査', 'zh-Hans': '评估' },
  remediate: { en: 'Remediate', es: 'Corrección', de: 'Korrektur', 'pt-BR': 'Remediar', ja: '展開準備', 'zh-Hans': '改进' },
  enable: { en: 'Enable', es: 'Habilitar', de: 'Aktivierung', 'pt-BR': 'Habilitar · Ativar', ja: '有効化 · 有効にする', 'zh-Hans': '启用' },
  migrate: { en: 'Migrate', es: 'Migrar', de: 'Migration', 'pt-BR': 'Migrar', ja: '移行', 'zh-Hans': '迁移' },
  success: { en: 'Success', es: 'Éxito', de: 'Erfolg', 'pt-BR': 'Sucesso', ja: '成功', 'zh-Hans': '成功' },
  automated: {
    en: 'Automated Onboarding Phases',
    es: 'Fases de incorporación automática',
    de: 'Phasen des automatisierten Onboardings',
    'pt-BR': 'Fases Automatizadas de Integração',
    ja: '自動オンボーディング フェーズ',
    'zh-Hans': '自动化入门培训阶段',
  },
} as const satisfies Record<string, Variants>

export const INITIATIVE_NAMES = {
  'customer-health': {
    en: 'Customer Health',
    es: 'Salud del cliente',
    de: 'Kundenintegrität',
    'pt-BR': 'Integridade do Cliente',
    ja: 'お客様の状態',
    'zh-Hans': '客户运行状况',
  },
  rfa: { en: 'RFA', es: 'RFA', de: 'RFA', 'pt-BR': 'RFA', ja: 'RFA', 'zh-Hans': 'RFA' },
  targeting: {
    en: 'Targeting',
    es: 'Focalización',
    de: 'Adressierung',
    'pt-BR': 'Segmentação',
    ja: 'ターゲティング',
    'zh-Hans': '目标设定',
  },
} as const satisfies Record<string, Variants>

export const ALL_SERVICES: Variants = {
  en: 'All Services · All',
  es: 'Todos los servicios · Todos los mercados',
  de: 'Alle Dienste',
  'pt-BR': 'Todos os Serviços',
  ja: 'すべてのサービス · All サービス',
  'zh-Hans': '所有服务',
}

/** The link at the end of a page that leads nowhere in the playbook. */
export const HOME: Variants = { en: 'Home', es: 'Inicio', de: 'Startseite', 'pt-BR': 'Início · Casa', ja: 'ホーム', 'zh-Hans': '主页' }

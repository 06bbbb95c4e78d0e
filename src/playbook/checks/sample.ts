/** Small pages that the examples of checks are made of; one step, one table, one row. */
export const STEP = `# Plan

Phase: **Success**

## Approach

### Call

Primary Role: **FastTrack Manager**  
Applies To: **Teams**
`

export const TABLE = `
#### FTOP Tasks

| Task ID | Task Name | (M)andatory / (O)ptional | FastTrack Role | Services |
| --- | --- | :-: | --- | --- |
`

export const ROW = '| 11 | Call | M | FastTrack Manager | Teams |\n'

export const PT_STEP = `# Plano

Fase: **Sucesso**

## Abordagem

### Ligar

Função Principal: **Gerente FastTrack**  
Aplica-se a: **Teams**
`

export const PT_TABLE = `
#### Tarefas do FTOP

| ID da Tarefa | Nome da tarefa | (b) Obrigatório / (O) Opcional | Função do Microsoft FastTrack | Serviços |
| --- | --- | :-: | --- | --- |
`

export const PT_ROW = '| 11 | Ligar | b | Gerente FastTrack | Teams |\n'

export const CHANGES = `# Plan

## Refresh Summary

| Date | Who Changed | What Changed |
| --- | --- | --- |
`

export const MANIFEST = 'id: p\nversion: "1"\n'

/** One page. */
export const page = (text: string) => ({ 'plan.md': text })
/** A page and its translation. */
export const pages = (source: string, translation: string) => ({ 'plan.md': source, 'plan.pt-BR.md': translation })

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&apos;' }

/** Text as it stands in XML. */
export const escaped = (text: string): string => text.replace(/[&<>"']/g, each => ENTITIES[each] ?? each)

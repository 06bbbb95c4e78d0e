import { EXPERT_REGIONS, EXPERT_SKILLS } from '../../../model/expert-skills.ts'
import { SERVICES } from '../../../model/services.ts'
import { type Formats, inLanguage } from '../../ui/format.ts'

/** Names of what experts know, in one language. */
export function wordsIn(formats: Formats) {
  const languages = new Intl.DisplayNames([formats.locale], { type: 'language' })
  return {
    skill: (id: string) => inLanguage(EXPERT_SKILLS.find(each => each.id === id)?.name, formats.locale, id),
    service: (id: string) => formats.text(SERVICES.find(each => each.id === id)?.name, id),
    region: (id: string) => inLanguage(EXPERT_REGIONS.find(each => each.id === id)?.name, formats.locale, id),
    language: (id: string) => languages.of(id) ?? id,
  }
}

import { mix } from './chance.ts'

/** Invented organisations, short and long, so that every screen meets both. None is meant to resemble a real one. */
const FIRST_NAMES: readonly string[] = [
  'Quorvane Ceramics',
  'Zelmara',
  'Instituto Braguelino de Ensino Técnico e Extensão Comunitária do Vale do Larvenar',
  'Orbisel Freight',
  'Municipality of Tannerwick-under-Lowe',
  'Ubrix',
  'Vindalor Dairy Cooperative',
  'Faculdade Serra Ormina',
  'Plinth & Sparrow Joinery',
  'Kessandra Mutual',
  'Drovenhall Shipyards',
  'Fundação Amparo Vilarense',
  'Nebberly Hospital Trust',
  'Tarquello Foods',
  'Oqu',
  'Marrowdeep Quarries and Aggregates Holding Company of the Eastern Provinces',
  'Silverquay Insurance',
  'Cooperativa Agrícola Monte Fulvo',
  'Yarrowmede Schools Federation',
  'Brastivo Motores',
  'Ellomire Textiles',
  'Guild of Hesperine Booksellers',
  'Prefeitura de Aurivelha do Norte',
  'Thornbeck Analytics',
  'Cascavel Dourada Turismo',
  'Wexaline',
  'Ostrander-Vael Pharma',
  'Companhia de Águas de Rio Talvino',
  'Lumivar Optics',
  'Pemberwell County Library Service',
  'Jandaíra Papel',
  'Corvessa Bank',
  'Skarholt Fisheries',
  'Rede Escolar Campo Vermelhão',
  'Umberglow Studios',
  'Trintador Logística',
  'Fenmarsh Housing Association',
  'Hexaluna',
  'Vale Sombrio Energia',
  'The Royal and Ancient Society for the Preservation of Windmills, Weirs and Other Working Waterways',
  'Ardenquist Steel',
  'Clínica Santa Brunilda',
  'Mottlecombe Bakeries',
  'Sanvelho Seguros',
  'Ixworthy',
  'Polder & Vane Engineering',
  'Universidade Livre de Montalvar',
  'Grenadine Coast Hotels',
  'Bellowfern Charities',
  'Tecelagem Três Garças',
  'Northquill Publishing',
  'Dalvorn Aerospace',
  'Sertaneja Móveis',
  'Kitterby Transport Authority',
  'Vellumar Law',
  'Associação Porto Claro',
  'Sprocketon Toys',
  'Halvenmoor Observatory',
  'Doçaria Vó Ermelinda',
  'Undertree Nurseries',
]

const STARTS = [
  'Bra',
  'Cor',
  'Del',
  'Fen',
  'Gal',
  'Hol',
  'Jar',
  'Kel',
  'Lum',
  'Mar',
  'Nor',
  'Orv',
  'Pel',
  'Quo',
  'Ros',
  'Sel',
  'Tar',
  'Ulm',
]
const MIDDLES = ['', 'a', 'an', 'e', 'el', 'i', 'im', 'o', 'or', 'u', 'av', 'est']
const ENDS = ['bridge', 'dara', 'fex', 'gosa', 'lund', 'mire', 'nova', 'quel', 'rix', 'sund', 'tavo', 'vane', 'wick', 'zen']
const TRADES = [
  '',
  'Foods',
  'Logística',
  'Mutual',
  'Hospital',
  'Energia',
  'Schools',
  'Textiles',
  'Seguros',
  'Engineering',
  'Cooperative',
  'Hotels',
  'Papel e Celulose',
  'Water Company',
  'College of Applied Arts and Sciences',
]

/** Name of the nth demo customer; beyond the written ones it is put together and, being possibly a repeat, numbered. */
export function demoName(index: number): string {
  const written = FIRST_NAMES[index]
  if (written) return written
  const part = (list: readonly string[], salt: number) => list[mix(index, salt) % list.length] ?? ''
  return `${part(STARTS, 1)}${part(MIDDLES, 2)}${part(ENDS, 3)} ${part(TRADES, 4)}`.trim().concat(` ${index + 1}`)
}

/** `demo-` and the name in the letters an address allows. */
export function demoId(index: number): string {
  const slug = demoName(index)
    .normalize('NFD')
    .toLowerCase()
    .replace(/[^a-z0-9 -]/g, '')
    .trim()
    .replace(/[ -]+/g, '-')
  return `demo-${slug}`.slice(0, 62).replace(/-$/, '')
}

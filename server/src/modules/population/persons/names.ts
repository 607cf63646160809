import { pinyin } from 'pinyin-pro'

/** How a name sounds: the likely reading, and the further ones where characters have several (曾 zeng/ceng). */
export type NameReadings = {
  pinyin: string
  initials: string
  others: { pinyin: string; initials: string }[]
}

const MOST_READINGS = 8
const longSurname = 2

const ofCharacter = new Map<string, readonly string[]>()
const ofHead = new Map<string, readonly string[]>()

/** Sounds of one character, the usual one first; Latin letters and digits sound as they are written. */
function soundsOf(character: string): readonly string[] {
  let sounds = ofCharacter.get(character)
  if (!sounds) {
    const usual = plain(pinyin(character, { toneType: 'none', v: true }))
    const all = pinyin(character, { multiple: true, toneType: 'none', type: 'array', v: true }).map(plain)
    sounds = [...new Set([usual, ...all])].filter((sound) => sound !== '')
    ofCharacter.set(character, sounds)
  }
  return sounds
}

function plain(sound: string): string {
  return sound
    .toLowerCase()
    .replaceAll('ü', 'v')
    .normalize('NFKD')
    .replace(/[^a-z0-9]/g, '')
}

/** The sounds of the first characters read as a surname. */
function surnameSounds(head: string): readonly string[] {
  let sounds = ofHead.get(head)
  if (!sounds)
    ofHead.set(
      head,
      (sounds = pinyin(head, { surname: 'head', toneType: 'none', type: 'array', v: true }).map(plain)),
    )
  return sounds
}

export function nameReadings(name: string): NameReadings {
  const characters = [...name]
  const surname = surnameSounds(characters.slice(0, longSurname).join(''))
  const sounds = characters.map((character, index) => {
    const own = soundsOf(character)
    const asSurname = index < longSurname ? surname[index] : undefined
    return asSurname && own.length > 0 ? [...new Set([asSurname, ...own])] : own
  })
  const [first = reading([]), ...others] = combinations(sounds.filter((each) => each.length > 0)).map(reading)
  return { ...first, others }
}

function reading(sounds: readonly string[]): { pinyin: string; initials: string } {
  return { pinyin: sounds.join(''), initials: sounds.map((sound) => sound[0]).join('') }
}

/** Every choice of one sound per character, the likely one first, no more than a handful. */
function combinations(sounds: readonly (readonly string[])[]): string[][] {
  let chosen: string[][] = [[]]
  for (const options of sounds) {
    chosen = options.flatMap((sound) => chosen.map((before) => [...before, sound])).slice(0, MOST_READINGS)
  }
  return chosen
}

/** What a person types for pinyin: `Zhāng San`, `lü`, `xi'an` → zhangsan, lv, xian. */
export function typedPinyin(text: string): string {
  const withV = text.toLowerCase().replaceAll(/[üǖǘǚǜ]/g, 'v')
  return withV
    .normalize('NFKD')
    .replace(/[^a-z0-9]/g, '')
    .replaceAll('lyu', 'lv')
    .replaceAll('nyu', 'nv')
}

const confusions: readonly (readonly [RegExp, string])[] = [
  [/(?<=[zcs])h/g, ''],
  [/(?<=[zcs])(?!h)/g, 'h'],
  [/(?<=[aeiou]n)g/g, ''],
  [/(?<=[aeiou]n)(?![aeiouv])/g, 'g'],
  [/l(?=[aeiouv])/g, 'n'],
  [/(?<!n)n(?=[aeiouv])/g, 'l'],
  [/h(?=u)/g, 'f'],
  [/f/g, 'h'],
]
const MOST_SPELLINGS = 16

/** Spellings that ears confuse (模糊音: zh/z, ch/c, sh/s, ng/n, l/n, h/f), without the one typed. */
export function confusedSpellings(typed: string): string[] {
  const once = confusions.flatMap(([sound, other]) =>
    [...typed.matchAll(sound)].map(
      ({ 0: { length }, index }) => typed.slice(0, index) + other + typed.slice(index + length),
    ),
  )
  const throughout = confusions.map(([sound, other]) => typed.replaceAll(sound, other))
  const plainest = typed.replace(/(?<=[zcs])h|(?<=[aeiou]n)g/g, '')
  const all = new Set([plainest, ...throughout, ...once])
  all.delete(typed)
  return [...all].slice(0, MOST_SPELLINGS)
}

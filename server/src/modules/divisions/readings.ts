import { pinyin } from 'pinyin-pro'

/** How a place is typed: whole pinyin and initials (洪凝街道 → hongningjiedao, hnjd). */
export function placeReadings(name: string): { pinyin: string; initials: string } {
  const sounds = pinyin(name, { toneType: 'none', type: 'array', v: true }).map((sound) =>
    sound
      .toLowerCase()
      .replaceAll('ü', 'v')
      .replace(/[^a-z0-9]/g, ''),
  )
  return { pinyin: sounds.join(''), initials: sounds.map((sound) => sound.slice(0, 1)).join('') }
}

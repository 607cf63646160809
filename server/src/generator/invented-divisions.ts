import type { DivisionRow } from './rows.ts'

const townships = [
  {
    digits: '001',
    name: '城关街道',
    villages: ['东关社区', '西关社区', '南苑社区', '北苑社区', '文化路社区'],
  },
  { digits: '100', name: '清河镇', villages: ['清河', '大柳庄', '小柳庄', '石桥', '杨家洼'] },
  { digits: '101', name: '青山镇', villages: ['青山前', '青山后', '松树沟', '王家岭', '李家坡'] },
  { digits: '200', name: '白水乡', villages: ['白水', '河东', '河西', '赵家屯'] },
]

/** A small county by rule, for machines without the package of real divisions. */
export function inventedDivisions(county: string): DivisionRow[] {
  const rows: DivisionRow[] = []
  const add = (prefix: string, name: string, level: DivisionRow['level'], parent: string) =>
    rows.push({
      code: prefix.padEnd(12, '0'),
      name,
      level,
      parentCode: parent && parent.padEnd(12, '0'),
      urbanRuralCode: '',
    })
  const [province, prefecture] = [county.slice(0, 2), county.slice(0, 4)]
  const neighbour = `${prefecture}${county.endsWith('99') ? '98' : '99'}`
  const distantProvince = province === '98' ? '97' : '98'

  add(province, '示例省', 1, '')
  add(distantProvince, '远方省', 1, '')
  add(prefecture, '示例市', 2, province)
  add(`${distantProvince}01`, '远方市', 2, distantProvince)
  add(county, '示例县', 3, prefecture)
  add(neighbour, '邻县', 3, prefecture)
  add(`${distantProvince}0121`, '远方县', 3, `${distantProvince}01`)
  for (const { digits, name, villages } of townships) {
    add(county + digits, name, 4, county)
    const isUrban = digits === '001'
    for (const [index, village] of villages.entries()) {
      const last = String((isUrban ? 1 : 200) + index).padStart(3, '0')
      add(county + digits + last, village + (isUrban ? '居民委员会' : '村民委员会'), 5, county + digits)
    }
  }
  return rows
}

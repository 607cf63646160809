import {
  birthOutcomes,
  birthPlaces,
  certificateTypes,
  deathPlaces,
  deathReporters,
  deliveries,
  marriageEvents,
  marriageOrders,
  maternalDeaths,
  moveKinds,
  moveReasons,
} from '@youyu/shared/population/value-sets'
import { reader } from './rules-values.ts'

/** Codes of events, their labels and what old files call them. */
export const eventReaders = {
  outcome: reader(birthOutcomes, 1, { 活: 'LIVE', 活产儿: 'LIVE', live: 'LIVE', 死胎死产: 'STILLBIRTH' }),
  delivery: reader(deliveries, 1, {
    顺产: 'VAGINAL',
    自然分娩: 'VAGINAL',
    阴道分娩: 'VAGINAL',
    剖宫: 'CAESAREAN',
    剖腹产: 'CAESAREAN',
    吸引产: 'VACUUM',
    产钳助产: 'FORCEPS',
    臀助产: 'BREECH',
  }),
  birthPlace: reader(birthPlaces, 1, {
    综合医院: 'HOSPITAL',
    县级医院: 'HOSPITAL',
    妇幼保健院: 'MCH',
    妇幼保健所: 'MCH',
    乡镇卫生院: 'TOWNSHIP_CENTRE',
    卫生院: 'TOWNSHIP_CENTRE',
    卫生室: 'VILLAGE_CLINIC',
    家庭: 'HOME',
    在家: 'HOME',
  }),
  certificateType: reader(certificateTypes, 1),
  deathPlace: reader(deathPlaces, 1, { 医院: 'HOSPITAL', 家庭: 'HOME', 在家: 'HOME', 养老院: 'CARE_HOME' }),
  maternal: reader(maternalDeaths, 1, { 是: 'DIRECT', 直接: 'DIRECT', 间接: 'INDIRECT', 无: 'NO' }),
  reporter: reader(deathReporters, 1, {
    卫健: 'HEALTH',
    医院: 'HEALTH',
    公安: 'POLICE',
    民政: 'CIVIL',
    村: 'VILLAGE',
    村委会: 'VILLAGE',
    居委会: 'VILLAGE',
  }),
  marriageEvent: reader(marriageEvents, 1, { 结婚登记: 'MARRY', 离婚登记: 'DIVORCE', 复婚登记: 'REMARRY' }),
  marriageOrder: reader(marriageOrders, 1, { 一婚: 'FIRST', 二婚: 'RE', '1': 'FIRST', '2': 'RE' }),
  moveKind: reader(moveKinds, 1, {
    户口迁入: 'HUKOU_IN',
    户口迁出: 'HUKOU_OUT',
    迁入: 'HUKOU_IN',
    迁出: 'HUKOU_OUT',
    外出: 'FLOW_OUT',
    返乡: 'RETURN',
    回流: 'RETURN',
  }),
  moveReason: reader(moveReasons, 1, {
    务工经商: 'WORK',
    务工: 'WORK',
    学习: 'STUDY',
    婚姻: 'MARRIAGE',
    嫁娶: 'MARRIAGE',
    随迁: 'FAMILY',
    投亲: 'FAMILY',
    参军: 'MILITARY',
  }),
} as const

/** 39+2, 39周2天, 39.2 (weeks.days), 39, or days alone from 140 on → days. */
export function readGestation(text: string): number | null {
  const found = /^(\d{2})(?:\s*(?:\+|w|周)\s*([0-6])?\s*(?:d|天|日)?)?$/i.exec(text)
  if (found) return inRange(Number(found[1]) * 7 + Number(found[2] ?? 0), 140, 315)
  const decimal = /^(\d{2})\.([0-6])$/.exec(text)
  if (decimal) return inRange(Number(decimal[1]) * 7 + Number(decimal[2]), 140, 315)
  return /^\d{3}$/.test(text) ? inRange(Number(text), 140, 315) : null
}

/** Grams, or kilograms with a decimal point. */
export function readWeight(text: string): number | null {
  const number = /^(\d+(?:\.\d+)?)\s*(kg|千克|公斤|g|克)?$/i.exec(text)
  if (!number) return null
  const value = Number(number[1])
  return inRange(Math.round(value < 20 ? value * 1000 : value), 300, 7000)
}

/** Centimetres, or millimetres from 150 on → millimetres. */
export function readLength(text: string): number | null {
  const number = /^(\d+(?:\.\d+)?)\s*(cm|厘米|mm)?$/i.exec(text)
  if (!number) return null
  const value = Number(number[1])
  return inRange(Math.round(value < 100 ? value * 10 : value), 150, 700)
}

export function readNumber(text: string, least: number, most: number): number | null {
  return /^\d{1,5}(\.0)?$/.test(text) ? inRange(Number(text), least, most) : null
}

export function readTime(text: string): string | null {
  const found = /^(\d{1,2})[:：时](\d{2})(?:分|:\d{2})?$/.exec(text)
  if (!found || Number(found[1]) > 23 || Number(found[2]) > 59) return null
  return `${found[1]!.padStart(2, '0')}:${found[2]!}`
}

function inRange(value: number, least: number, most: number): number | null {
  return value >= least && value <= most ? value : null
}

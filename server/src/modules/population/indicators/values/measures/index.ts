import type { IndicatorCode } from '@youyu/shared/population/indicators'
import type { Measure } from '../rules-measure.ts'
import * as ages from './ages.ts'
import * as births from './births.ts'
import * as fertility from './fertility.ts'
import * as services from './services.ts'

const measures: Record<string, Measure> = {
  'POP-01': births.births,
  'POP-02': births.birthRate,
  'POP-03': births.deathRate,
  'POP-04': births.naturalGrowth,
  'POP-05': births.sexRatioAtBirth,
  'POP-06': births.sexRatioInInstitutions,
  'POP-07': births.monthlySwing,
  'POP-08': fertility.generalFertility,
  'POP-09': fertility.fertilityByAge,
  'POP-10': fertility.totalFertilityRate,
  'POP-11': births.birthsByOrder,
  'POP-12': fertility.adolescentFertility,
  'POP-13': ages.firstMarriages,
  'POP-14': ages.lateMarriages,
  'POP-15': ages.lateBirths,
  'POP-16': ages.ageAtFirstMarriage,
  'POP-17': ages.ageAtFirstBirth,
  'POP-18': fertility.ageAtChildbearing,
  'POP-19': ages.marriedWomen,
  'POP-20': services.separation,
  'POP-21': services.floating,
  'POP-22': services.migrantContact,
  'POP-23': services.mortality,
  'POP-24': services.timelyRegistration,
  'POP-25': services.certificates,
  'POP-26': services.unregisteredBirths,
  'POP-27': services.childcarePlaces,
  'POP-28': services.enrolment,
  'POP-29': services.motherInfantRooms,
}

export function measureOf(code: IndicatorCode): Measure {
  return measures[code]!
}

import type { Measure } from '../../../population/index.ts'
import * as before from './measures-before.ts'
import * as care from './measures-care.ts'
import * as defects from './measures-defects.ts'

const measures: Record<string, Measure> = {
  'BDI-01': before.premarital,
  'BDI-02': before.preconception,
  'BDI-03': before.highRisk,
  'BDI-04': before.torchCoverage,
  'BDI-05': before.torchPositivity,
  'BDI-06': before.torchFollowUp,
  'BDI-07': before.folicIntake,
  'BDI-08': before.folicAdherence,
  'BDI-09': before.folicAwareness,
  'BDI-10': before.folicBoxes,
  'BDI-11': care.earlyVisit,
  'BDI-12': care.visits,
  'BDI-13': care.monitoring,
  'BDI-14': care.plans,
  'BDI-15': care.screening,
  'BDI-16': care.diagnosis,
  'BDI-17': care.hospitalDelivery,
  'BDI-18': care.newbornScreening,
  'BDI-19': care.recall,
  'BDI-20': defects.prevalenceOfAll,
  'BDI-21': defects.prevalenceByCategory,
  'BDI-22': defects.cards,
  'BDI-23': defects.missed,
  'BDI-24': defects.followUp,
  'BDI-25': defects.files,
  'BDI-26': care.postnatalVisits,
}

export function measureOf(code: string): Measure {
  return measures[code]!
}

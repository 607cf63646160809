export { findHolidays } from './queries.ts'
export { addWorkingDays, isWorkingDay, workingDaysBetween, type Holidays } from './rules.ts'

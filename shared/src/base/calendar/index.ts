export * from './working-days.ts'
export { builtInCalendar } from './public-holidays.ts'

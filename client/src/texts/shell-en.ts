import { titles } from 'virtual:titles/en'
import home from '../features/home/texts.en.json'
import { texts as entrance } from './entrance-en.ts'

/** What the shell and the home page say, and the titles of all other pages. */
export const texts = { ...titles, ...entrance, home }

import { titles } from 'virtual:titles/zh-CN'
import home from '../features/home/texts.zh-CN.json'
import { texts as entrance } from './entrance-zh.ts'

/** What the shell and the home page say, and the titles of all other pages. */
export const texts = { ...titles, ...entrance, home }

export { advise, adviseAgain, judge, judgeAgain, type Judgement } from './assessing.ts'

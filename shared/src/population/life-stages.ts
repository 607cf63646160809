import { z } from 'zod'
import { defineEndpoint } from '../endpoint.ts'

type Stage = {
  code: string
  names: readonly [string, string]
  /** Ages as the stage is commonly meant; stages overlap, and pregnancy is no matter of age. */
  ages: readonly [string, string]
  services: readonly (readonly [string, string])[]
}

/** 十个生命阶段: the seed names their number only; stages, ages and services are this project's own list. */
const stages: readonly Stage[] = [
  {
    code: '01',
    names: ['新生儿期', 'Newborn'],
    ages: ['出生至 28 天', 'Birth to 28 days'],
    services: [
      ['新生儿访视（可谢绝）', 'Newborn visit, if wished'],
      ['新生儿疾病与听力筛查', 'Metabolic and hearing screening'],
      ['首针乙肝疫苗', 'First hepatitis B vaccination'],
    ],
  },
  {
    code: '02',
    names: ['婴幼儿期', 'Infant and toddler'],
    ages: ['29 天至 3 岁', '29 days to 3 years'],
    services: [
      ['儿童健康体检', 'Child health checks'],
      ['预防接种', 'Vaccination'],
      ['育儿补贴与托育服务', 'Childcare subsidy and places'],
    ],
  },
  {
    code: '03',
    names: ['学龄前期', 'Preschool'],
    ages: ['3 至 6 岁', '3 to 6 years'],
    services: [
      ['入园健康检查', 'Health check on entering kindergarten'],
      ['视力与口腔保健', 'Eye and dental care'],
    ],
  },
  {
    code: '04',
    names: ['学龄期', 'School age'],
    ages: ['6 至 12 岁', '6 to 12 years'],
    services: [
      ['学生健康体检', 'School health checks'],
      ['窝沟封闭与近视防控', 'Sealants and myopia prevention'],
    ],
  },
  {
    code: '05',
    names: ['青春期', 'Adolescence'],
    ages: ['12 至 18 岁', '12 to 18 years'],
    services: [
      ['青春期健康教育', 'Health education'],
      ['青少年友好门诊（保密）', 'Confidential youth clinic'],
      ['HPV 疫苗接种', 'HPV vaccination'],
    ],
  },
  {
    code: '06',
    names: ['婚前期', 'Before marriage'],
    ages: ['18 岁以上，自愿', 'From 18, by wish'],
    services: [
      ['免费婚前医学检查', 'Free premarital check'],
      ['婚育咨询', 'Counselling'],
    ],
  },
  {
    code: '07',
    names: ['育龄期', 'Reproductive age'],
    ages: ['15 至 49 岁', '15 to 49 years'],
    services: [
      ['免费孕前优生健康检查', 'Free preconception check'],
      ['叶酸发放', 'Folic acid'],
      ['避孕节育知情选择与药具', 'Informed choice and free supplies'],
      ['生育登记', 'Birth registration'],
    ],
  },
  {
    code: '08',
    names: ['孕产期', 'Pregnancy and after birth'],
    ages: ['妊娠至产后 42 天', 'Pregnancy to 42 days after birth'],
    services: [
      ['建册与产前检查', 'Antenatal care'],
      ['住院分娩', 'Hospital delivery'],
      ['产后访视与 42 天检查', 'Postnatal visit and 42-day check'],
    ],
  },
  {
    code: '09',
    names: ['更年期', 'Perimenopause'],
    ages: ['45 至 55 岁左右', 'About 45 to 55 years'],
    services: [
      ['更年期保健门诊', 'Perimenopausal clinic'],
      ['宫颈癌与乳腺癌筛查', 'Cervical and breast cancer screening'],
      ['宫内节育器取出咨询', 'Advice on removing an IUD'],
    ],
  },
  {
    code: '10',
    names: ['老年期', 'Older age'],
    ages: ['60 岁以上', 'From 60 years'],
    services: [
      ['老年人健康体检', 'Health checks'],
      ['奖励扶助与特别扶助申领', 'Reward and special assistance'],
    ],
  },
]
const Name = z.object({ zh: z.string(), en: z.string() })
const named = ([zh, en]: readonly [string, string]) => ({ zh, en })

export const LifeStage = z.object({ code: z.string(), name: Name, ages: Name, services: z.array(Name) })
export type LifeStage = z.infer<typeof LifeStage>

export const lifeStages: LifeStage[] = stages.map(({ code, names, ages, services }) => ({
  code,
  name: named(names),
  ages: named(ages),
  services: services.map(named),
}))

export const listLifeStages = defineEndpoint({
  method: 'GET',
  url: '/api/v1/life-stages',
  schema: {
    summary: 'The ten life stages and the services of each: the project’s own list',
    tags: ['life-stages'],
    response: { 200: z.object({ isOwnList: z.literal(true), items: z.array(LifeStage) }) },
  },
  config: { permission: 'signed-in', dataClass: 'L0' },
})

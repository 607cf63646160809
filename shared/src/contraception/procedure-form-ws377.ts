import type { ProcedureType } from './care-value-sets.ts'
import type { FormField, ProcedureForm } from './procedure-form.ts'

const female: readonly ProcedureType[] = [
  'P01',
  'P02',
  'P03',
  'P04',
  'P05',
  'P06',
  'P08',
  'P10',
  'P11',
  'P12',
  'P13',
]
const male: readonly ProcedureType[] = ['P07', 'P09']
const uterine: readonly ProcedureType[] = ['P01', 'P02', 'P03', 'P10', 'P11', 'P13']
const abortion: readonly ProcedureType[] = ['P10', 'P11', 'P12', 'P13']

const normality = { '1': ['正常', 'Normal'], '2': ['异常', 'Abnormal'] } as const
const amount = { '1': ['少', 'Little'], '2': ['中', 'Moderate'], '3': ['多', 'Much'] } as const
const reaction = {
  '1': ['阴性', 'Negative'],
  '2': ['阳性', 'Positive'],
  '3': ['未查', 'Not done'],
} as const

const text = (code: string, zh: string, en: string, who?: readonly ProcedureType[]): FormField => ({
  ...{ code, zh, en, kind: 'text' },
  ...(who && { for: who }),
})
const flag = (code: string, zh: string, en: string, who?: readonly ProcedureType[]): FormField => ({
  ...{ code, zh, en, kind: 'flag' },
  ...(who && { for: who }),
})
const day = (code: string, zh: string, en: string, who?: readonly ProcedureType[]): FormField => ({
  ...{ code, zh, en, kind: 'date' },
  ...(who && { for: who }),
})
const choice = (
  code: string,
  zh: string,
  en: string,
  options: NonNullable<FormField['options']>,
  who?: readonly ProcedureType[],
): FormField => ({ ...{ code, zh, en, kind: 'choice', options }, ...(who && { for: who }) })
const number = (
  code: string,
  zh: string,
  en: string,
  unit: string,
  min: number,
  max: number,
  who?: readonly ProcedureType[],
): FormField => ({ ...{ code, zh, en, kind: 'number', unit, min, max }, ...(who && { for: who }) })

/** WS 377.3 计划生育技术服务 (HRB02.03): the elements that are no columns of the procedure itself. */
export const firstForm: ProcedureForm = {
  version: 'WS377.3-1',
  source: 'WS 377.3 妇女保健基本数据集 第3部分：计划生育技术服务（HRB02.03）',
  sections: [
    {
      code: 'history',
      zh: '病史',
      en: 'History',
      fields: [
        text('chiefComplaint', '主诉', 'Chief complaint'),
        text('pastHistory', '既往史', 'Past history'),
        text('allergy', '过敏史', 'Allergies'),
        text('contraceptionHistory', '避孕史', 'Contraception before'),
        number('menarcheAge', '初潮年龄', 'Age at menarche', '岁', 8, 20, female),
        number('mensesDays', '经期', 'Days of menses', '天', 1, 15, female),
        number('cycleDays', '周期', 'Cycle', '天', 15, 90, female),
        choice('mensesFlow', '经量', 'Flow', amount, female),
        flag('mensesPain', '痛经', 'Painful menses', female),
        day('lastMenses', '末次月经', 'Last menses', female),
        number('gravida', '孕次', 'Pregnancies', '次', 0, 20, female),
        number('para', '产次', 'Deliveries', '次', 0, 15, female),
        number('abortions', '流产次数', 'Abortions', '次', 0, 20, female),
        day('lastEndOn', '末次妊娠终止日期', 'End of the last pregnancy', female),
        text('lastEndWay', '末次妊娠终止方式', 'How the last pregnancy ended', female),
      ],
    },
    {
      code: 'examination',
      zh: '检查',
      en: 'Examination',
      fields: [
        number('temperature', '体温', 'Temperature', '℃', 34, 42),
        number('systolic', '收缩压', 'Systolic pressure', 'mmHg', 60, 260),
        number('diastolic', '舒张压', 'Diastolic pressure', 'mmHg', 30, 160),
        number('heartRate', '心率', 'Heart rate', '次/分', 30, 220),
        choice('heart', '心', 'Heart', normality),
        choice('lungs', '肺', 'Lungs', normality),
        choice('vulva', '外阴', 'Vulva', normality, female),
        choice('vagina', '阴道', 'Vagina', normality, female),
        choice('cervix', '宫颈', 'Cervix', normality, female),
        choice(
          'uterusPosition',
          '子宫位置',
          'Position of the uterus',
          { '1': ['前位', 'Anteverted'], '2': ['中位', 'Mid-position'], '3': ['后位', 'Retroverted'] },
          female,
        ),
        number('uterusWeeks', '子宫大小', 'Size of the uterus', '孕周', 4, 28, female),
        choice('adnexaLeft', '左附件', 'Left adnexa', normality, female),
        choice('adnexaRight', '右附件', 'Right adnexa', normality, female),
        choice('epididymis', '附睾', 'Epididymis', normality, male),
        choice('testis', '睾丸', 'Testis', normality, male),
        choice('vas', '输精管', 'Vas deferens', normality, male),
        choice('scrotum', '阴囊', 'Scrotum', normality, male),
      ],
    },
    {
      code: 'laboratory',
      zh: '检验',
      en: 'Laboratory',
      fields: [
        number('rbc', '红细胞', 'Red cells', '10¹²/L', 1, 9),
        number('haemoglobin', '血红蛋白', 'Haemoglobin', 'g/L', 30, 220),
        number('platelets', '血小板', 'Platelets', '10⁹/L', 5, 1000),
        number('wbc', '白细胞', 'White cells', '10⁹/L', 0.5, 80),
        number('bleedingTime', '出血时间', 'Bleeding time', '分', 0.5, 30),
        number('clottingTime', '凝血时间', 'Clotting time', '分', 0.5, 40),
        text('discharge', '分泌物性状', 'Discharge', female),
        choice('trichomonas', '滴虫', 'Trichomonas', reaction, female),
        choice('candida', '假丝酵母菌', 'Candida', reaction, female),
        choice(
          'cleanliness',
          '清洁度',
          'Vaginal cleanliness',
          { '1': ['Ⅰ度', 'I'], '2': ['Ⅱ度', 'II'], '3': ['Ⅲ度', 'III'], '4': ['Ⅳ度', 'IV'] },
          female,
        ),
        choice('gonococcus', '淋球菌', 'Gonococcus', reaction),
        choice('syphilis', '梅毒血清', 'Syphilis serology', reaction),
        choice('hiv', 'HIV 抗体', 'HIV antibody', reaction),
        choice('hbsag', '乙肝表面抗原', 'HBsAg', reaction),
        choice('urineHcg', '尿 hCG', 'Urine hCG', reaction, female),
        number('betaHcg', '血 β-hCG', 'β-hCG', 'IU/L', 0, 500000, female),
        text('ultrasound', '超声', 'Ultrasound'),
      ],
    },
    {
      code: 'operation',
      zh: '手术',
      en: 'Operation',
      fields: [
        choice('anaesthesia', '麻醉方式', 'Anaesthesia', {
          '1': ['无', 'None'],
          '2': ['局部', 'Local'],
          '3': ['静脉', 'Intravenous'],
          '4': ['椎管内', 'Neuraxial'],
        }),
        text('premedication', '术前用药', 'Premedication'),
        number('dilatation', '扩宫', 'Cervical dilatation', '号', 1, 14, uterine),
        number('yearsInPlace', '放置年限', 'Years in place', '年', 0, 40, ['P02', 'P03', 'P05']),
        text('deviceBefore', '取出器具种类', 'Device removed', ['P02', 'P03', 'P05']),
        choice(
          'implantSite',
          '埋植部位',
          'Site of the implant',
          { '1': ['左上臂', 'Left upper arm'], '2': ['右上臂', 'Right upper arm'] },
          ['P04', 'P05'],
        ),
        number('rods', '根数', 'Rods', '根', 1, 6, ['P04', 'P05']),
        choice(
          'tubalMethod',
          '输卵管结扎方法',
          'Tubal method',
          {
            '1': ['抽芯近端包埋', 'Core extraction, proximal burial'],
            '2': ['压挫结扎切断', 'Crushing, ligation and division'],
            '3': ['输卵管夹', 'Clip'],
            '9': ['其他', 'Other'],
          },
          ['P06'],
        ),
        choice(
          'tubalSite',
          '结扎部位',
          'Tubal site',
          {
            '1': ['峡部', 'Isthmus'],
            '2': ['壶腹部', 'Ampulla'],
            '3': ['伞部', 'Fimbria'],
            '9': ['其他', 'Other'],
          },
          ['P06'],
        ),
        choice(
          'vasMethod',
          '输精管手术方法',
          'Vas method',
          {
            '1': ['直视钳穿法', 'No-scalpel'],
            '2': ['切开法', 'Incision'],
            '9': ['其他', 'Other'],
          },
          ['P07'],
        ),
        number('vasResectedLeft', '左侧切除长度', 'Resected, left', 'cm', 0, 5, ['P07']),
        number('vasResectedRight', '右侧切除长度', 'Resected, right', 'cm', 0, 5, ['P07']),
        flag('vasEndWrapped', '附睾端包埋', 'Epididymal end wrapped', ['P07']),
        flag('villiSeen', '见绒毛', 'Villi seen', abortion),
        flag('sacSeen', '见胎囊', 'Sac seen', abortion),
        number('sacDiameter', '胎囊直径', 'Diameter of the sac', 'mm', 0, 80, abortion),
        flag('curettage', '清宫', 'Curettage', abortion),
        day('curettageOn', '清宫日期', 'Day of curettage', ['P12', 'P13']),
        text('drug', '药物及用法', 'Drugs and doses', ['P12', 'P13']),
        text('drugTime', '用药时间', 'Time of the drugs', ['P12', 'P13']),
        number('vomiting', '呕吐次数', 'Vomiting', '次', 0, 50, ['P12']),
        number('diarrhoea', '腹泻次数', 'Diarrhoea', '次', 0, 50, ['P12']),
        choice('pain', '腹痛', 'Pain', amount, abortion),
        text('sacExpelledAt', '胎囊排出时间', 'When the sac was expelled', ['P12']),
        flag('pathologySent', '送病理', 'Pathology sent'),
        text('pathologyResult', '病理结果', 'Result of pathology'),
        text('course', '手术经过', 'Course'),
        text('specialNotes', '特殊情况记录', 'Special notes'),
      ],
    },
    {
      code: 'after',
      zh: '术后',
      en: 'Afterwards',
      fields: [
        number('observedMinutes', '观察时间', 'Observed', '分', 0, 1440),
        number('restDays', '休息天数', 'Days of rest', '天', 0, 60),
        text('advice', '医嘱', 'Advice'),
        text('followUpFindings', '随诊所见', 'Found at follow-up'),
      ],
    },
  ],
}

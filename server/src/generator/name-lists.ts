import type { Sex } from './people.ts'

const commonest =
  '王100 张92 李88 刘74 陈38 孙36 赵34 杨32 徐26 马20 高19 周18 于16 宋16 郭15 朱14 韩13 林12 郑12 胡10 曹9 董9 魏9 孔7'

const common =
  '吴黄何罗梁谢许邓冯曾程蔡彭潘袁田沈任姜范方石姚谭廖邹熊金陆郝崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎' +
  '常武乔贺赖龚文苏丁叶卢吕杜薛贾傅肖唐钟'

/** Read otherwise as a surname than elsewhere, or often misread. */
const polyphonic = '单仇解查盖华朴区尉葛隋牟逄厉卜綦臧仲辛迟'

const compound = ['欧阳', '上官', '司马', '诸葛', '皇甫', '夏侯', '东方']

export const surnames: [string, number][] = [
  ...commonest.split(' ').map((entry): [string, number] => [entry.charAt(0), Number(entry.slice(1))]),
  ...[...common].map((name): [string, number] => [name, 4]),
  ...[...polyphonic].map((name): [string, number] => [name, 1.2]),
  ...compound.map((name): [string, number] => [name, 0.12]),
]

export const givenCharacters = {
  beforeReform: {
    men: '德福贵明国建华文忠庆洪传兴玉宝振恒成茂永清学善春生祥富才仁义礼信田山海金树林全安长',
    women: '英兰秀桂芳玉珍凤花莲荣香梅淑翠美爱素霞云芝贞娥琴月菊喜善巧枝',
  },
  collective: {
    men: '建国军民强勇东红卫志伟明华文革林平海峰学庆永新春光辉忠宝振立斌刚江波涛祥',
    women: '红英梅霞丽艳玲秀芳兰云萍敏燕桂华爱娟琴凤美荣春翠淑珍莲香花青',
  },
  opening: {
    men: '伟磊超鹏涛强凯斌浩杰飞帅龙亮波峰宁健辉俊旭阳鑫坤晓明东勇栋威翔腾雷震',
    women: '静娜敏倩丽燕霞婷雪慧莹晓芳颖琳蕾丹萌文佳娟洁薇媛琪璐楠红梅妮艳',
  },
  today: {
    men: '浩宇轩子涵梓豪睿泽晨俊博文宸铭逸昊辰奕皓嘉一诺瑞沐言承恩煜祺航熙然',
    women: '梓涵雨欣怡萱诗琪语桐思彤可馨若曦一诺艺佳悦依沐瑶婉清芷晴妍心宁汐',
  },
}

/** None is in GB2312; the last seven are not in GBK either. */
export const rareCharacters = [...'喆堃犇燊赟祎翀昉玥珺頔䶮㛃㬎䲟𬭎𫖮𬀩']

type DottedNames = { [sex in Sex]: string[] }

const turkic: DottedNames = {
  '1': ['阿卜杜热西提', '买买提', '艾尼瓦尔', '吐尔逊', '依明', '努尔买买提', '卡哈尔', '玉素甫', '艾合买提'],
  '2': ['阿依古丽', '古丽娜尔', '热依汗古丽', '帕提古丽', '迪丽努尔', '米日古丽', '祖丽菲亚'],
}

export const ethnicNames: { [ethnicity: string]: DottedNames } = {
  '05': turkic,
  '17': {
    '1': ['叶尔兰', '巴合提别克', '赛力克', '努尔兰', '哈山'],
    '2': ['古丽江', '阿依努尔', '加娜尔', '库丽夏西'],
  },
}

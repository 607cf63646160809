import {
  educations,
  ethnicities,
  householdTypes,
  hukouTypes,
  idTypes,
  maritalStatuses,
  relations,
  residenceStatuses,
  sexes,
} from '@youyu/shared/population/value-sets'

/** Full-width forms made plain, spaces at the ends and no-break spaces gone. */
export function plainText(cell: string): string {
  for (let index = 0; index < cell.length; index += 1)
    if (cell.charCodeAt(index) > 0x7e) return cell.normalize('NFKC').trim()
  return cell.trim()
}

/** Names and addresses keep their characters; only ends and inner control characters are cleaned. */
export function plainWords(cell: string): string {
  return cell.replace(/[\u0000-\u001f\u007f\u00a0\u200b\u3000\ufeff]+/g, ' ').trim()
}

type CodeTable = Record<string, readonly [string, string]>

/** Code, Chinese or English label, or a customary word for it → code. */
export function reader(
  table: CodeTable,
  width: number,
  words: Record<string, string> = {},
): (text: string) => string | null {
  const known = new Map<string, string>()
  for (const [word, code] of Object.entries(words)) known.set(word.toLowerCase(), code)
  for (const [code, [zh, en]] of Object.entries(table)) {
    known.set(zh, code)
    known.set(zh.normalize('NFKC'), code)
    known.set(en.toLowerCase(), code)
    known.set(code.toLowerCase(), code)
    if (width > 1) known.set(String(Number(code)), code)
  }
  return (text) => known.get(text) ?? known.get(text.toLowerCase()) ?? null
}

const withoutPeople = Object.fromEntries(
  Object.entries(ethnicities).map(([code, [zh]]) => [zh.replace(/族$/, ''), code]),
)

export const codeReaders = {
  sex: reader(sexes, 1, { 男性: '1', 女性: '2', m: '1', f: '2', 未知的性别: '0', 未说明的性别: '9' }),
  idType: reader(idTypes, 2, {
    身份证: '01',
    二代身份证: '01',
    居民身份证号: '01',
    户口簿: '02',
    户口本: '02',
    passport: '03',
    军官证件: '04',
    驾照: '05',
    港澳通行证: '06',
    台胞证: '07',
    其他证件: '99',
  }),
  ethnicity: reader(ethnicities, 2, withoutPeople),
  education: reader(educations, 2, {
    大学本科: '20',
    大学: '20',
    本科及以上: '20',
    学士: '20',
    硕士: '10',
    博士: '10',
    硕士研究生: '10',
    博士研究生: '10',
    大专: '30',
    大学专科: '30',
    专科教育: '30',
    中专: '40',
    中技: '40',
    技校: '40',
    职高: '40',
    高中: '60',
    初级中学: '70',
    初中毕业: '70',
    小学毕业: '80',
    文盲: '90',
    文盲或半文盲: '90',
    学龄前: '90',
  }),
  maritalStatus: reader(maritalStatuses, 2, {
    有配偶: '20',
    离异: '40',
    丧偶未再婚: '30',
    未婚单身: '10',
    single: '10',
  }),
  hukouType: reader(hukouTypes, 1, {
    农村: '1',
    农业户口: '1',
    农业家庭户: '1',
    城镇: '2',
    非农: '2',
    非农业户口: '2',
    居民: '3',
    居民户口: '3',
    居民家庭户: '3',
    家庭户: '3',
    集体户: '4',
    集体户口: '4',
  }),
  residenceStatus: reader(residenceStatuses, 1, {
    常住: '1',
    户籍常住: '1',
    在户: '1',
    外出: '2',
    流出: '2',
    流入: '3',
    待落户: '5',
  }),
  relation: reader(relations, 1, {
    本人: '0',
    户主本人: '0',
    妻: '1',
    夫: '1',
    妻子: '1',
    丈夫: '1',
    儿子: '2',
    长子: '2',
    次子: '2',
    三子: '2',
    独生子: '2',
    女儿: '3',
    长女: '3',
    次女: '3',
    三女: '3',
    独生女: '3',
    孙子: '4',
    孙女: '4',
    外孙: '4',
    外孙子: '4',
    外孙女: '4',
    '孙子、孙女或外孙子、外孙女': '4',
    父: '5',
    母: '5',
    父亲: '5',
    母亲: '5',
    岳父: '5',
    岳母: '5',
    公公: '5',
    婆婆: '5',
    祖父: '6',
    祖母: '6',
    外祖父: '6',
    外祖母: '6',
    爷爷: '6',
    奶奶: '6',
    祖父母或外祖父母: '6',
    兄: '7',
    弟: '7',
    姐: '7',
    妹: '7',
    哥哥: '7',
    弟弟: '7',
    姐姐: '7',
    妹妹: '7',
    '兄、弟、姐、妹': '7',
    儿媳: '8',
    女婿: '8',
    其它: '8',
    非亲属: '8',
  }),
  householdType: reader(householdTypes, 1, {
    家庭: 'FAMILY',
    集体: 'COLLECTIVE',
    单身户: 'SINGLE',
    临时: 'TEMP',
  }),
} as const

const monthLengths = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]

/** 2020-01-02, 2020/1/2, 2020.1.2, 20200102, 2020年1月2日, also with a midnight behind → civil date; null if there is none. */
export function readDate(text: string): string | null {
  const found =
    /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:[ T]0{1,2}:00(?::00(?:\.0+)?)?Z?)?$/.exec(text) ??
    /^(\d{4})(\d\d)(\d\d)$/.exec(text)
  if (!found) return null
  const year = Number(found[1])
  const month = Number(found[2])
  const day = Number(found[3])
  const isLeap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0
  const last = month === 2 && isLeap ? 29 : (monthLengths[month - 1] ?? 0)
  if (year < 1 || day < 1 || day > last) return null
  return `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`
}

/** 12 digits; 2, 4, 6 or 9 digits stand for the whole subtree. Spreadsheets write `3.71121E+11`, which tells nothing. */
export function readDivisionCode(text: string): string | null {
  const digits = text.replace(/\.0$/, '').replace(/^'/, '')
  if (/^\d{12}$/.test(digits)) return digits
  return /^(\d{2}|\d{4}|\d{6}|\d{9})$/.test(digits) ? digits.padEnd(12, '0') : null
}

/** Digits only, with a leading `+` dropped; null unless it can be dialled. */
export function readPhone(text: string): string | null {
  if (!/^[0-9+() -]{5,25}$/.test(text)) return null
  const digits = text.replaceAll(/\D/g, '')
  return digits.length >= 5 && digits.length <= 20 ? digits : null
}

export function readHouseholdNumber(text: string): string | null {
  return /^[A-Za-z0-9-]{1,20}$/.test(text) ? text : null
}

/** Numbers that stand for "none" or "unknown" in old files: they identify nobody. */
export function isPlaceholderNumber(number: string): boolean {
  return /^(.)\1*$|^0?123456789|^(无|不详|未知|没有|暂无|NONE|NULL|N\/?A|UNKNOWN|TEST)|^.{6}(0{8}|1{8}|9{8}).{4}$/.test(
    number,
  )
}

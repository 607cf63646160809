import { Text } from '../values.ts'

/**
 * Art. 39 of the Population and Family Planning Law: before birth nothing written here tells what the fetus might be (E7).
 * The wordings are read without regard to spacing, width, script and the marks put between the signs. Better one sentence
 * refused too many than one too few: whoever writes can say it without.
 */

const simplified: Readonly<Record<string, string>> = {
  ...{ 兒: '儿', 嬰: '婴', 寶: '宝', 寳: '宝', 別: '别', 雙: '双', 體: '体', 為: '为', 爲: '为', 龍: '龙' },
  ...{ 鳳: '凤', 個: '个', 箇: '个', 見: '见', 顯: '显', 診: '诊', 斷: '断', 懷: '怀', 閨: '闺', 陰: '阴' },
  ...{ 莖: '茎', 產: '产', 産: '产', 聲: '声', 報: '报', 鑒: '鉴', 鑑: '鉴', 驗: '验', 屬: '属', 係: '系' },
  ...{ 號: '号', 選: '选', 擇: '择', 測: '测', 檢: '检', 單: '单', 姦: '奸', 醫: '医', 結: '结', 帶: '带' },
  ...{ 頭: '头', 確: '确', 應: '应', 該: '该', 還: '还', 導: '导', 療: '疗', 陽: '阳', 銀: '银', 設: '设' },
  ...{ 檔: '档', 訊: '讯', 濃: '浓', 鷄: '鸡', 雞: '鸡', 睪: '睾', 婦: '妇', 疑: '疑', 備: '备', 買: '买' },
  ...{ 藍: '蓝', 紅: '红', 夢: '梦', 媽: '妈', 綜: '综', 徵: '征', 問: '问', 認: '认', 剖: '剖', 給: '给' },
}

const invisible = /[\u00ad\u034f\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufe00-\ufe0f\ufeff]/g
const gaps = /[^\S\n]|[\-_.·•‧・*/\\|~`'"“”‘’「」『』()[\]{}<>《》【】〔〕#+^&@—–…]+/g

/** One width, one script, lower case, nothing invisible. */
function plainOf(text: string): string {
  return [...text.normalize('NFKC').replace(invisible, '').toLowerCase()]
    .map((sign) => simplified[sign] ?? sign)
    .join('')
}

/** Chinese with nothing between the signs but what ends a clause. */
const closedUp = (plain: string) => plain.replace(/[.．](?=\s)/g, '。').replace(gaps, '')

/** English in single spaces, and letters that were spelt one by one put together again. */
function wordsOf(plain: string): string {
  const words = plain
    .normalize('NFD')
    .replace(/[\u0300-\u036f]/g, '')
    .replace(/[’‘`]/g, "'")
    .replace(/[。\n]/g, '. ')
    .replace(/[^a-z0-9'.,;:!?+\p{Script=Han}]+/gu, ' ')
  return words.replace(/(?<![a-z'])(?:[a-z][ .]+){2,}[a-z](?![a-z])/g, (spelt) => spelt.replace(/[ .]+/g, ''))
}

const ends = '(?=$|[,，。．;；!！?？、:：\\n])'
const unborn =
  '(?:胎儿|胎宝宝?|宝宝|胚胎|小孩|孩子|腹中|肚里|肚子里?|怀的|怀上的|怀了|[bB]超|彩超|超声|唐筛|无创|羊水|nipt|四维|三维|[一二三四五双单头]胎|胎[abｂａ12])'
const is =
  '(?:[:：=,，]?(?:可能|大概|应该|肯定|确定|多半|估计|看来|看着|看起来|提示|显示|示|考虑|疑似|怀疑|倾向|符合|判断|告知|说|看|结果)*(?:为|是|系|属|像|似|呈|乃|偏|个|一个|一|只|名|了)*[:：=,，]?)'
// What may follow 男 or 女 and makes it somebody else: his side, her side, a department, a woman.
const other =
  '(?![方士科友朋工医护职单伴女男用式]|性(?:患者|不育|不孕|生殖|激素|孕妇|家属|陪|亲属|医生|医师|护士|朋友|结扎|绝育|避孕|伴侣))'

const chinese: readonly RegExp[] = [
  // 男胎 女婴 双男胎 男宝 …, but not 妇女胎膜 nor a woman's 胎心
  /(?<![妇子儿孙少])[男女雄雌公]性?[单双三多]?[胎婴孩娃宝崽](?![心动位盘膜龄次毛粪脂监头方教])/,
  /[男女]胎儿|[男女]性(?:胎|婴|孩|宝)/,
  /(?:胎儿?|宝宝|孩子?|婴儿?|腹中|肚里|肚子里)[^。;；\n]{0,6}性别/,
  /性别(?:鉴定|鉴别|选择|检测|检查|判定|判断|筛选|筛查|告知|揭晓|揭秘|预测|确定|测定)/,
  new RegExp(`性别${is}[男女雄雌]${other}`),
  /非医学需要[^。;；\n]{0,6}性别/,
  /[是生怀]男(?:还|或者?)?(?:是|生|怀)?女|[男女](?:还是|或者?)[男女](?!方)|龙凤(?:双|三)?胎|龙凤宝|生[男女](?!方|科|友)/,
  new RegExp(`怀(?:的|了|上|有|着)?${is}[男女](?![方友科朋工医士]|性[^胎婴孩宝别的])`),
  new RegExp(`${unborn}(?:的)?${is}[男女雄雌公母](?:性|的|生|丁|孩|婴|宝)?${ends}`),
  new RegExp(`${unborn}(?:的)?${is}(?<=[为是系属像似呈乃偏个名:：=示])[男女雄雌]${other}`),
  new RegExp(
    `(?:胎|宝宝|孩子|[bB]超|彩超|超声|nipt|无创)[^。;；\\n]{0,14}[,，:：]${is}[男女](?:性|的|生|丁)?$`,
  ),
  new RegExp(
    `${unborn}(?:的)?${is}(?:小|大|乖)?(?:儿子(?!宫)|女儿(?!童)|闺女|千金|丫头|小子|公主|王子|带把|姑娘|少爷|棉袄)`,
  ),
  new RegExp(
    `(?:^|[,，。;；!！:：?？\\n])(?:恭喜|祝贺|肯定|应该|可能|大概|确定|多半|估计|医生说|说|看着|像)*(?:你|您)?(?:是|像|怀|要?生|有)(?:了|的|个|一个|一|位)*(?:儿子(?!宫)|女儿(?!童)|闺女|千金|丫头|小子|公主|王子|带把|小棉袄|男(?:的|生|丁|性)?${ends}|女(?:的|生|丁|性)?${ends})`,
  ),
  /是(?:个|一个)?(?:招商|建设)银行|小鸡鸡|带把儿?的|(?:准备|买)[蓝粉]色/,
  /(?:^|[。．.;；!！?？\n])[\s,，:：、]*(?:男|女|男性|女性|男的|女的|雄性|雌性|男生|女生|公的|母的)[\s,，:：、]*(?=$|[。．.;；!！?？\n])/,
  /(?:胎|宝宝|超声|[bB]超|彩超|可见|见到|看到|隐见|探及|显示)[^。;；\n]{0,8}(?:阴茎|阴囊|睾丸|阴唇|小鸡鸡|生殖结节)/,
  /胎儿?[^。;；\n]{0,8}(?:尿道下裂|隐睾|小阴茎)/,
  // Y染色体, but not the microdeletion that is looked for in the father
  /y(?:号)?染色体(?!微缺失)|y(?:序列|信号|片段|浓度|比例|基因)|y染色质|x染色质|巴氏小体|双x|(?:克氏|克莱恩费尔特|克兰费尔特)综合征/,
  /(?<![a-z])sry(?![a-z])|(?<![a-z])(?:amel[xy]|dyz[13]|zfy|tspy)(?![a-z])/,
  /(?<![a-z])xy{1,3}(?![a-z])/,
  /(?:染色体|核型|性染色体|胎|羊水|绒毛|脐血|nipt)[^。;；\n]{0,12}(?<![a-z])x{2,3}y?(?![a-z])|(?<![a-z])x{2,3}y?(?:核型|染色体|胎)/,
  /[♂♀👦👧🚹🚺]/u,
]

const child =
  '(?:fo?etus(?:es)?|fo?etal|baby|babies|child|unborn|embryos?|infant|newborn|twins?|conceptus|offspring|bub)'
const english: readonly RegExp[] = [
  /\b(?:boys?|girls?|lads?|lass(?:es)?)\b/,
  new RegExp(`\\b${child}(?:'?s)?\\b[^.;!?]{0,12}\\b(?:sex|gender)\\b`),
  new RegExp(`\\b(?:sex|gender)\\b[^.;!?]{0,6}\\b(?:of|in)\\b[^.;!?]{0,14}\\b${child}\\b`),
  /\bfo?etal ?(?:sex|gender)/,
  /\b(?:sex|gender) ?(?:reveal|determination|identification|selection|disclos\w*|scan|test(?:ing)?|prediction|assignment|told|known)\b/,
  /\b(?:sex|gender)(?: is| was|:|=| appears| likely| seems)* *(?:fe)?male\b|\b(?:sex|gender) ?[:=] ?[mf]\b/,
  new RegExp(`\\b(?:fe)?males?\\b[ ,:;-]*(?:\\w+ ){0,2}${child}\\b`),
  new RegExp(
    `\\b${child}(?:'?s)?\\b(?: is| was| are| were| looks?| appears?| seems?| probably| likely| to be| may be| an?| both| all|[:,=-])*[ :,=-]*(?:[mf] )?(?:fe)?males?\\b`,
  ),
  new RegExp(
    `\\b${child}\\b[^.;!?]{0,30}\\b(?:penis|penile|scrot\\w*|test[ei]s|testicles?|labia\\w*|clitoris|hypospadias)`,
  ),
  /\b(?:penis|scrotum|testicles|labia) (?:is |are |was |were )?(?:seen|visible|visuali[sz]ed|identified)/,
  /\b(?:it|that|this)(?: is|'?s| was| will be| looks like| seems)(?: probably| likely| going to be| surely)?(?: an?)? (?:sons?|daughters?|prince|princess|(?:fe)?male)\b/,
  /\b(?:expecting|carrying|having|have|get|getting|pregnant with|congratulations on)(?: an?| your| her| their| the| two)?(?: \w+)? (?:sons?|daughters?|(?:fe)?males?)\b/,
  /\b(?:be|is|likely|probably|surely) an? (?:healthy |little )?(?:son|daughter)\b/,
  /(?:^|[.;!?])[\s,:]*(?:fe)?males?[\s,:]*(?=$|[.;!?])/,
  /\b(?:xy|xxy|xyy) ?(?:karyotype|chromosomes?|fo?etus|pattern)?\b/,
  /\b(?:xx|xxx) (?:karyotype|chromosomes?|fo?etus|pattern|sex)\b|\b(?:karyotype|chromosomes?|genotype)[ :=]*(?:is |was |shows? )?xx/,
  /\by[ -]?chromosom\w*(?! *micro)|\by[ -]?(?:chr|dna|sequences?|signal|fragments?|material)\b|\bchr ?y\b|\bbarr bod/,
  /\bklinefelter/,
  /\b(?:nan|nv|nü|nu) ?(?:hai|ying|bao|tai|wa)(?: ?zi|er)?\b/,
]

/** 46,XX 46 XY 47,XXY 45,X …: a count and its sex chromosomes, unless it is said of a parent. */
const karyotype = /(?<!\d)4[4-9] *[,，.。;:：、]? *[(（]?(?:x *x *[xy]|x *y *y|x *[xy0o]|x(?![a-z]| *n))/g
const ofParent =
  /(?:男方|女方|夫方|妻方|丈夫|妻子|配偶|父亲|母亲|孕妇|husband|wife|partner|father|mother|maternal|paternal)(?:'s|的)?[ ]*(?:外周血|血|blood|peripheral|lymphocyte|染色体|核型|karyotype|chromosomes?|检查|分析|结果|result|为|是|is|was|[ :：,=])*$/

function tellsKaryotype(plain: string): boolean {
  return [...plain.matchAll(karyotype)].some(({ index }) => !ofParent.test(plain.slice(0, index)))
}

/** Takes the karyotype of a parent out, which is nobody's concern here. */
function withoutParents(plain: string): string {
  return plain.replaceAll(karyotype, (found, index: number) =>
    ofParent.test(plain.slice(0, index)) ? ' '.repeat(found.length) : found,
  )
}

/** Whether a text says, hints or asks what the fetus is. */
export function tellsFetalSex(text: string): boolean {
  const plain = plainOf(text)
  if (tellsKaryotype(plain)) return true
  const read = withoutParents(plain)
  const closed = closedUp(read)
  const words = wordsOf(read)
  return (
    chinese.some((wording) => wording.test(read) || wording.test(closed)) ||
    english.some((wording) => wording.test(words))
  )
}

const clauses = /(?<=[。．;；!！?？\n]|[,，、](?! *[xX]))/
const sentences = /(?<=[。;；!！?？\n])/

/** What is left of a text when all that tells the sex of the fetus is taken out; for what others send. */
export function withoutFetalSex(text: string): { text: string; stripped: boolean } {
  if (!tellsFetalSex(text)) return { text, stripped: false }
  for (const pieces of [clauses, sentences]) {
    const left = text
      .split(pieces)
      .filter((piece) => !tellsFetalSex(piece))
      .join('')
      .trim()
    if (!tellsFetalSex(left)) return { text: left.replace(/[,，、;；]+$/, ''), stripped: true }
  }
  return { text: '', stripped: true }
}

/** Free text about a pregnancy: refused at its field where it tells the sex of the fetus (E7). */
export const CareText = (max: number) =>
  Text(max).refine((text) => !tellsFetalSex(text), { params: { code: 'fetal-sex' } })

/**
 * Diagnoses before birth: of sex chromosomes and of genital organs only the group is kept, since the code alone would tell
 * what the fetus is.
 */
export function withoutSexInCode(icd10: string): string {
  if (/^Q(?:9[678]|99[.][01])/.test(icd10)) return 'Q96-Q99'
  if (/^Q5[0-6]/.test(icd10)) return 'Q50-Q56'
  return icd10
}

export const NORMAL_KARYOTYPE = '正常核型 normal karyotype'
export const GROUP_OF_CHROMOSOMES = '性染色体异常 abnormality of sex chromosomes Q96–Q99'

const clones =
  /4[4-9](?: ?~ ?4[4-9])? *[,，.;]? *(xn|[xy0u]{1,4})? *((?:[,，] *(?!4[4-9] *[,，] *[xy])[^/]*)?)/i

/**
 * What is kept of a karyotype as a laboratory wrote it: never the chromosomes that tell what the fetus is. A normal one
 * becomes "normal karyotype", an abnormality of those chromosomes is suppressed (null) unless it may be told, and then it
 * is the group alone; others stand without them: `47,XY,+21` → `47,+21`.
 */
export function keptKaryotype(written: string, mayTellGroup: boolean): string | null {
  const plain = plainOf(written).replace(/\s+/g, ' ').trim()
  const parts = plain.split('/').map((part) => clones.exec(part))
  if (!parts.every((part) => part !== null) || parts.length === 0)
    return tellsFetalSex(written) ? withoutFetalSex(written).text || null : written.trim()
  const isGroup = parts.some((part) => {
    const rest = part[2] ?? ''
    return (part[1] !== undefined && !/^x[xyn]$/.test(part[1]) && part[1] !== 'xn') || /[xy]/.test(rest)
  })
  if (isGroup) return mayTellGroup ? GROUP_OF_CHROMOSOMES : null
  const kept = parts.map((part) => {
    const count = /4[4-9]/.exec(part[0])![0]
    const rest = (part[2] ?? '')
      .replace(/\[[^\]]*\]/g, '')
      .replace(/^[,，] */, '')
      .trim()
    return rest === '' ? (count === '46' ? '' : count) : `${count},${rest}`
  })
  if (kept.every((part) => part === '')) return NORMAL_KARYOTYPE
  return kept.filter((part) => part !== '').join('/')
}

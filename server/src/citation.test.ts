import { expect, test } from 'vitest'
import { citation } from './citation.ts'

test.each([
  ['县卫健局文件〔2026〕3 号', '县卫健局文件〔2026〕3 号', []],
  ['县文件[2026]3 号', '县文件[2026]3 号', []],
  [
    '婚前保健工作规范；WS 377.1 [found: F26]；界值 [K:med]',
    '婚前保健工作规范；WS 377.1；界值',
    ['found: F26', 'K:med'],
  ],
  ['界值 [K:med]，由县级版本调整', '界值，由县级版本调整', ['K:med']],
])('the source %s is cited without the marks of how sure it is', (kept, source, evidence) => {
  expect(citation(kept)).toEqual({ source, evidence })
})

test.each([
  ['', '平台默认 Platform default'],
  ['design', '平台默认 Platform default'],
  ['Ages of domain §3.4 row 13 [design]', '平台默认 Platform default'],
  ['domain §5 P01 [F31, F33]', '平台默认 Platform default'],
  ['domain §5 P03 [K:med]; seed 2', '平台默认 Platform default'],
  ['domain §5 P04 [F1–F6]', '平台默认 Platform default'],
  ['domain §5 P17 [F2b]', '平台默认 Platform default'],
  ['house default; domain.md §6.4 sets no day', '平台默认 Platform default'],
  ['Default windows of the chain (domain §3.4)', 'Default windows of the chain'],
  [
    'WS 377.1; voluntary, before or with the registration [design]',
    'WS 377.1; voluntary, before or with the registration',
  ],
  [
    'Individual management of orange, red, purple [F15]; 7 days [design]',
    'Individual management of orange, red, purple; 7 days',
  ],
  ['domain.md §3.4 link 11: Phe > 120 µmol/L; WS 376.3', 'Phe > 120 µmol/L; WS 376.3'],
  ['domain.md §3.4 link 11 [K:high]: 90–94 twice is positive', '90–94 twice is positive'],
  ['domain.md §3.4 link 11: term, one laboratory [found: F19b]', 'term, one laboratory'],
  ['domain.md §4.4 BDI-19: within a month', 'BDI-19: within a month'],
  ['确诊后7日内报告（domain §6.4）', '确诊后7日内报告'],
  [
    'F15：妊娠风险五色分级（domain §3.4）；国卫妇幼发〔2017〕35号',
    '妊娠风险五色分级；国卫妇幼发〔2017〕35号',
  ],
  [
    '中华医学会妇产科学分会《孕前和孕期保健指南》2018；domain §3.4',
    '中华医学会妇产科学分会《孕前和孕期保健指南》2018',
  ],
  [
    '优生四项判读表（阳性、阴性组合：domain §3.4 [K:high]；灰区与亲和力：按复查处理 [K:med]）；文字由临床医生确认',
    '优生四项判读表（阳性、阴性组合；灰区与亲和力：按复查处理）；文字由临床医生确认',
  ],
  ['每日 0.4 mg [found: F18]；每瓶 31 片 [K:med]', '每日 0.4 mg；每瓶 31 片'],
  ['国家免费避孕药具目录；年用量标准见 §3.2 F37', '国家免费避孕药具目录'],
  ['国家免费避孕药具目录；每 12–13 周一支，见 §3.2', '国家免费避孕药具目录；每 12–13 周一支'],
  [
    '闭经满 6 个月起提供取出服务，最好在 1 年内 [K:high；2005 年规定对皮埋为 ≥ 6 个月 F29；F29b]',
    '闭经满 6 个月起提供取出服务，最好在 1 年内',
  ],
  [
    '下次用药（12–13 周）前 7 天提醒 [design]；可延后 4 周（WHO）[K:high]',
    '下次用药（12–13 周）前 7 天提醒；可延后 4 周（WHO）',
  ],
  ['F34；其余由省市县按省级规定分担，缺省记县级', '其余由省市县按省级规定分担，缺省记县级'],
  ['F31', '平台默认 Platform default'],
  ['凭记忆 K:high，待核对文件', '凭记忆，待核对文件'],
  ['山东每对夫妻每月10元 K:med；种子2', '山东每对夫妻每月10元'],
  ['种子4：200元/天；日期由县确定', '200元/天；日期由县确定'],
  ['特殊家庭扶助实施意见（种子4）', '特殊家庭扶助实施意见'],
  ['中央约90%，分地区比例 K:low，由省确定', '中央约90%，分地区比例，由省确定'],
  ['县规范 §3.2（试行）；', '县规范 §3.2（试行）；'],
])('of %s a county reads what it can look up', (kept, source) => {
  expect(citation(kept).source).toBe(source)
})

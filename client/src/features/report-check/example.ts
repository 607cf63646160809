import type { Typed } from './typed.ts'

const parts = (list: [string, number][]) => list.map(([name, value]) => ({ name, value }))

/** A made-up county report in the manner of printed ones: three figures contradict each other, two changes are chance. */
export function exampleReport(): Typed {
  return {
    totals: parts([
      ['出生', 1083],
      ['节育措施', 817],
      ['取环', 3],
      ['服务站接诊', 1100],
    ]),
    breakdowns: [
      {
        of: '出生',
        kind: 'exhaustive',
        parts: parts([
          ['一孩', 654],
          ['二孩', 230],
          ['其他一孩', 2],
          ['其他二孩', 175],
        ]),
      },
      {
        of: '节育措施',
        kind: 'exhaustive',
        parts: parts([
          ['结扎', 7],
          ['放环', 800],
          ['取环再放', 7],
          ['其他', 3],
        ]),
      },
      { of: '取环', kind: 'partial', parts: parts([['县服务站取环', 60]]) },
      {
        of: '服务站接诊',
        kind: 'partial',
        parts: parts([
          ['放环', 128],
          ['取环', 60],
          ['手术', 38],
          ['其他', 24],
        ]),
      },
    ],
    rates: [
      { name: '出生率', numerator: 1083, denominator: 316_842, stated: '3.41', factor: 1000 },
      { name: '病毒监测（TORCH）阳性率', numerator: 521, denominator: 11_000, stated: '4.74', factor: 100 },
      { name: '一孩二孩占比', numerator: 884, denominator: 1083, stated: '90.48', factor: 100 },
    ],
    comparisons: [
      {
        name: '出生人口性别比',
        kind: 'sex-ratio',
        factor: 100,
        current: { stated: '107.9', n: 1106 },
        earlier: { stated: '109.9', n: 1372 },
      },
      {
        name: '出生缺陷发生率',
        kind: 'proportion',
        factor: 1000,
        current: { stated: '4.28', n: 4658 },
        earlier: { stated: '5.70', n: 4658 },
      },
    ],
    coverages: [],
    series: [],
    sexRatios: [],
  }
}

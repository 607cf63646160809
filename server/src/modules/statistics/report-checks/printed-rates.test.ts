import { TypedReport } from '@youyu/shared/population/report-checks'
import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { checkReport } from '../index.ts'

type TypedRate = Omit<TypedReport['rates'][number], 'tolerance'> & { tolerance?: number }

const check = (...rates: TypedRate[]) => checkReport(TypedReport.parse({ rates }))

type Row = [
  name: string,
  numerator: number,
  denominator: number,
  stated: string,
  factor: 1 | 100 | 1000,
  string,
]

describe('a printed rate', () => {
  test.each([
    ['S4 births −19.4 %', -266, 1372, '-19.4', 100, 'consistent'],
    ['S4 birth rate 2.19 ‰', 1106, 504_000, '2.19', 1000, 'consistent'],
    ['S4 birth rate of the year before 2.71 ‰', 1372, 506_300, '2.71', 1000, 'consistent'],
    ['S4 natural growth 0.18 ‰', 1106 - 1015, 504_000, '0.18', 1000, 'consistent'],
    ['S4 vetoed 0.25 %', 1, 326 + 70, '0.25', 100, 'consistent'],
    ['S4 premium 294.59 yuan', 294_000, 998, '294.59', 1, 'consistent'],
    ['S3 birth rate 3.41 ‰', 1083, 316_842, '3.41', 1000, 'truncated'],
    ['S3 compliance 90.48 %', 884, 1083, '90.48', 100, 'inconsistent'],
    ['S3 compliance over the parts', 884, 1061, '90.48', 100, 'inconsistent'],
    ['S3 natural growth 0.23 ‰', 1083 - 1010, 316_842, '0.23', 1000, 'consistent'],
    ['S3 certificates 11.05 %', 356, 3222, '11.05', 100, 'consistent'],
    ['S3 long-acting 89.6 %', 807, 817, '89.6', 100, 'inconsistent'],
    ['S2 birth rate 9.08 ‰', 4658, 513_000, '9.08', 1000, 'consistent'],
    ['S2 natural growth 1.78 ‰', 4658 - 3745, 513_000, '1.78', 1000, 'consistent'],
    ['S2 TORCH 4.74 %', 521, 11_000, '4.74', 100, 'consistent'],
    ['S2 check-ups per woman 4.36', 480_000, 110_000, '4.36', 1, 'consistent'],
    ['S2 gynaecological 1.25 %', 6000, 480_000, '1.25', 100, 'consistent'],
    ['S2 village staff per village 1.86', 1180, 633, '1.86', 1, 'consistent'],
    ['S2 training 43.8 a class', 2800, 64, '43.8', 1, 'consistent'],
    ['S2 training 41.2 a class', 15_000, 364, '41.2', 1, 'consistent'],
    ['S2 satisfaction 96.2 %', 962, 1000, '96.2', 100, 'consistent'],
    ['a half, rounded up', 201, 40_000, '0.503', 100, 'consistent'],
    ['a half, truncated', 201, 40_000, '0.502', 100, 'truncated'],
    ['a half below zero', -201, 40_000, '-0.503', 100, 'consistent'],
    ['minus nought', -1, 40_000, '-0.0', 100, 'consistent'],
    ['rounded up where it should not be', 1, 3, '33.4', 100, 'inconsistent'],
  ] satisfies Row[])('%s is judged', (name, numerator, denominator, stated, factor, verdict) => {
    const { rates } = check({ name, numerator, denominator, stated, factor })

    expect(rates[0]?.verdict).toBe(verdict)
  })

  it('may differ by the tolerance that was given', () => {
    const rate = { name: 'r', numerator: 884, denominator: 1083, stated: '81.9', factor: 100 as const }

    expect(check({ ...rate, tolerance: 0.3 }).findings).toEqual([])
    expect(check({ ...rate, tolerance: 0.2 }).findings).toMatchObject([{ rule: 'A7', severity: 'question' }])
  })

  it('agrees with itself however it is rounded', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 100_000 }),
        fc.integer({ min: 1, max: 1_000_000 }),
        fc.integer({ min: 0, max: 4 }),
        (numerator, denominator, decimals) => {
          const scale = 10n ** BigInt(decimals)
          const truncated = (BigInt(numerator) * 1000n * scale) / BigInt(denominator)
          const text = String(truncated).padStart(decimals + 1, '0')
          const stated = decimals === 0 ? text : `${text.slice(0, -decimals)}.${text.slice(-decimals)}`
          const { rates } = check({ name: 'r', numerator, denominator, stated, factor: 1000 })
          expect(['consistent', 'truncated']).toContain(rates[0]?.verdict)
        },
      ),
    )
  })

  it('comes with its interval and small-number flag', () => {
    const { rates } = check({ name: 'r', numerator: 962, denominator: 1000, stated: '96.2', factor: 100 })

    expect(rates[0]?.recomputed.low?.toFixed(2)).toBe('94.83')
    expect(rates[0]?.flag).toBeNull()
  })
})

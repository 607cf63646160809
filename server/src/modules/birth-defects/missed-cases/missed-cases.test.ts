import { afterAll, beforeAll, describe, expect, it, test } from 'vitest'
import type { MissedCaseAudit } from '@youyu/shared/birth-defects/missed-cases'
import { daysOfQuarter, quarterOf } from '@youyu/shared/birth-defects/reporting-periods'
import { openOffice, type TestOffice } from '../../../../test/office.ts'
import { cardContent, openSurveillance, submitted, type Surveillance } from '../../../../test/defect-cards.ts'
import { bodyOf } from '../../../../test/register.ts'
import { auditFigures } from './rules.ts'

let office: TestOffice
let desk: Surveillance
beforeAll(async () => {
  office = await openOffice()
  desk = await openSurveillance(office, '2026-04-10')
})
afterAll(() => office.close())

const entry = (recordNumber: string, given: object = {}) => ({
  ...{ logKind: 'DELIVERY', occurredOn: '2026-01-10', icd10: 'Q69.0', recordNumber, ...given },
})

describe('a missed-case audit', () => {
  it('finds the cards of what the logs name; what has none was missed, and stays so when it is reported late', async () => {
    const known = [cardContent(), cardContent(), cardContent()]
    for (const content of known) await submitted(desk.reporter, content)
    const number = (place: number) => known[place]!.mother.recordNumber!
    const { id } = bodyOf<MissedCaseAudit>(
      await desk.reporter.post('/api/v1/missed-case-audits', { quarter: '2026Q2', sources: ['DELIVERY'] }),
      201,
    )

    const audit = bodyOf<MissedCaseAudit>(
      await desk.reporter.post(`/api/v1/missed-case-audits/${id}/entries`, {
        entries: [
          entry(number(0)),
          entry(number(0), { logKind: 'RECORD_INDEX' }),
          entry(` ${number(1).toLowerCase()} `),
          entry('W900'),
          entry('W900', { logKind: 'PATHOLOGY' }),
          entry('W901', { icd10: 'E03.1' }),
        ],
      }),
      201,
    )

    expect(audit.entries.map(({ state }) => state).sort()).toEqual([
      ...['MATCHED', 'MATCHED', 'MATCHED', 'MISSED', 'MISSED', 'MISSED'],
    ])
    expect(audit.figures).toMatchObject({ reported: 3, logged: 4, matched: 2, missed: 2 })
    expect(audit.figures.underReporting.value).toBe(40)

    const functional = audit.entries.find(({ icd10 }) => icd10 === 'E03.1')!
    await desk.reporter.post(`/api/v1/case-log-entries/${functional.id}/exclusions`, { reason: '复查正常' })
    await submitted(desk.reporter, cardContent({ mother: { recordNumber: 'W900' } }))
    const later = bodyOf<MissedCaseAudit>(await desk.reporter.get(`/api/v1/missed-case-audits/${id}`), 200)
    expect(later.figures).toMatchObject({ reported: 3, logged: 3, matched: 2, missed: 1 })
    expect(later.entries.filter(({ state }) => state === 'REPORTED_LATE')).toHaveLength(2)
    expect(later.excluded).toBe(1)

    const rows = await office.sql('select e::text as row from case_log_entries e')
    expect(JSON.stringify(rows)).not.toMatch(/W90|Z\d/)
  })

  it('is closed once the quarter is over, frozen, and read by the county', async () => {
    const { items } = bodyOf<{ items: MissedCaseAudit[] }>(
      await desk.reporter.get('/api/v1/missed-case-audits'),
      200,
    )
    const close = ({ id, version }: MissedCaseAudit) =>
      desk.reporter.post(
        `/api/v1/missed-case-audits/${id}/closings`,
        { sources: ['DELIVERY', 'PATHOLOGY'] },
        { ifMatch: version },
      )
    const running = await desk.reporter.post('/api/v1/missed-case-audits', { quarter: '2026Q3' })
    const audit = items[0]!

    const early = await close(bodyOf<MissedCaseAudit>(running, 201))
    const closed = bodyOf<MissedCaseAudit>(await close(audit), 201)
    await submitted(
      desk.reporter,
      cardContent({
        child: { bornOn: '2026-02-02' },
        diagnosis: { on: '2026-02-03' },
        report: { filledOn: '2026-02-04' },
      }),
    )

    expect((early.body as { code: string }).code).toBe('quarter-not-over')
    expect(closed.closedAt).not.toBeNull()
    const more = await desk.reporter.post(`/api/v1/missed-case-audits/${audit.id}/entries`, {
      entries: [entry('W902')],
    })
    expect((more.body as { code: string }).code).toBe('audit-closed')
    const county = bodyOf<{ total: MissedCaseAudit['figures']; items: unknown[] }>(
      await desk.mch.get('/api/v1/missed-case-figures?quarter=2026Q2'),
      200,
    )
    expect(county.total).toMatchObject({ reported: 3, logged: 3, matched: 2, missed: 1 })
    const far = await desk.otherMch.get('/api/v1/missed-case-figures?quarter=2026Q2')
    expect(bodyOf<{ items: unknown[] }>(far, 200).items).toEqual([])
  })

  it('takes no entry of another quarter, and is nobody else’s', async () => {
    const audit = bodyOf<MissedCaseAudit>(
      await desk.neighbour.post('/api/v1/missed-case-audits', { quarter: '2026Q1' }),
      201,
    )

    const wrong = await desk.neighbour.post(`/api/v1/missed-case-audits/${audit.id}/entries`, {
      entries: [entry('W1')],
    })
    const again = await desk.neighbour.post('/api/v1/missed-case-audits', { quarter: '2026Q1' })

    expect(wrong.text).toContain('/entries/0/occurredOn')
    expect(again.status).toBe(409)
    expect((await desk.reporter.get(`/api/v1/missed-case-audits/${audit.id}`)).status).toBe(404)
  })
})

describe('the figures of an audit', () => {
  it('carry an interval and Chapman’s two-source estimate, named as such', () => {
    const { underReporting, captureRecapture } = auditFigures({
      reported: 90,
      logged: 80,
      matched: 70,
      missed: 10,
    })

    expect(underReporting).toMatchObject({ value: 10, method: 'Wilson 95%' })
    expect(captureRecapture.value?.toFixed(2)).toBe(((91 * 81) / 71 - 1).toFixed(2))
    expect(captureRecapture.method).toContain('Chapman')
    expect(auditFigures({ reported: 0, logged: 0, matched: 0, missed: 0 }).underReporting.value).toBeNull()
  })
})

describe('a reporting quarter', () => {
  test.each([
    ['2025-09-30', '2025Q4'],
    ['2025-10-01', '2026Q1'],
    ['2025-12-31', '2026Q1'],
    ['2026-01-01', '2026Q2'],
    ['2026-04-01', '2026Q3'],
    ['2026-07-01', '2026Q4'],
  ])('of %s is %s', (on, quarter) => {
    expect(quarterOf(on)).toBe(quarter)
    const { from, to } = daysOfQuarter(quarter)
    expect(on >= from && on <= to).toBe(true)
  })
})

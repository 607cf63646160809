import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Choice, ChoiceRow, ChoiceSheet } from '@youyu/shared/contraception/choices'
import type { Screen } from '@youyu/shared/contraception/eligibility'
import type { Problem } from '@youyu/shared/errors'
import { accepted, aChoice, gainOfTallies, told } from '../../../../../test/choices.ts'
import { openClinic, type Clinic } from '../../../../../test/clinic.ts'
import { openOffice, type TestOffice } from '../../../../../test/office.ts'
import { bodyOf } from '../../../../../test/register.ts'

let office: TestOffice
let clinic: Clinic
const today = '2026-08-20'
const url = '/api/v1/informed-choices'

beforeAll(async () => {
  office = await openOffice()
  office.setNow(new Date(`${today}T09:00:00+08:00`))
  clinic = await openClinic(office)
})
afterAll(() => office.close())

const faultsOf = ({ body }: { body: unknown }) =>
  ((body as Problem).errors ?? []).map(({ pointer, code }) => [pointer, code])
const gainOf = (deed: () => Promise<unknown>) => gainOfTallies(office, clinic, deed)

describe('a group session', () => {
  const session = (clients: object[], given: object = {}) => ({
    occurredOn: today,
    ...told,
    clients,
    ...given,
  })

  test('is one telling and a choice for each', async () => {
    const women = [await clinic.woman(), await clinic.woman(), await clinic.woman()]
    const [one, two, three] = women.map(({ id }) => id)

    const gain = await gainOf(async () => {
      const made = bodyOf<{ groupId: string; choiceIds: string[] }>(
        await clinic.clinician.post(
          '/api/v1/group-sessions',
          session([
            { clientId: one, ...accepted },
            { clientId: two, decision: 'DECLINE' },
            { clientId: three },
          ]),
        ),
        201,
      )
      const { items } = bodyOf<{ items: ChoiceRow[] }>(
        await clinic.clinician.get(`${url}?groupId=${made.groupId}`),
        200,
      )
      expect(items.map(({ id }) => id).sort()).toEqual([...made.choiceIds].sort())
      expect(items.map(({ clientId, decision }) => [clientId, decision]).sort()).toEqual(
        [
          [one, 'ACCEPT'],
          [two, 'DECLINE'],
          [three, null],
        ].sort(),
      )
    })

    expect(gain).toMatchObject({ 'choice GROUP': 3, 'choice-decision DECLINE': 1, 'choice-decision OPEN': 1 })
  })

  test.each([
    [
      'pressure',
      (id: string) => [{ clientId: id, ...accepted, freeOfPressure: false }],
      '/clients/0/freeOfPressure',
    ],
    [
      'what was not explained',
      (id: string) => [{ clientId: id, ...accepted, chosenMethod: 'M42' }],
      '/clients/0/chosenMethod',
    ],
    ['one woman twice', (id: string) => [{ clientId: id }, { clientId: id }], '/clients'],
    ['nobody', () => [{ clientId: '01900000-0000-7000-8000-0000000000ff' }], '/clients/0/clientId'],
  ])('with %s is refused by name', async (_title, clients, pointer) => {
    const client = await clinic.woman()

    const answer = await clinic.clinician.post('/api/v1/group-sessions', session(clients(client.id)))

    expect(answer.status).toBe(400)
    expect(faultsOf(answer).map(([place]) => place)).toContain(pointer)
  })
})

describe('the choice sheet', () => {
  test('tells each method in plain words beside her own eligibility, with the statement that she signs', async () => {
    const client = await clinic.woman()
    const screen = bodyOf<Screen>(
      await clinic.clinician.post('/api/v1/eligibility-screens', {
        ...{ clientId: client.id, occurredOn: today },
        answers: [{ finding: 'HYPERTENSION_160', isPresent: true }],
      }),
      201,
    )
    const choice = aChoice(client.id, { screenId: screen.id })
    const { id } = bodyOf<Choice>(await clinic.clinician.post(url, choice), 201)

    const sheet = bodyOf<ChoiceSheet>(await clinic.clinician.get(`${url}/${id}/sheet`), 200)

    expect(sheet.methods.map(({ code }) => code)).toEqual(told.methodsExplained)
    expect(sheet.methods[1]).toMatchObject({ sheet: { typicalUse: 0.8 }, eligibility: { initiation: 1 } })
    expect(sheet.methods[2]).toMatchObject({ sheet: { typicalUse: 9 }, eligibility: { initiation: 4 } })
    expect(sheet.methods[0]).toMatchObject({ sheet: { typicalUse: 85 }, eligibility: null })
    expect(sheet.statementZh).toContain('没有任何人强迫')
    expect((await clinic.neighbour.get(`${url}/${id}/sheet`)).status).toBe(404)
  })
})

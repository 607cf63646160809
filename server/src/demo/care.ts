import type { RecordedEncounter } from '@youyu/shared/contraception/encounters'
import type { FollowUpTask } from '@youyu/shared/contraception/follow-up'
import type { OperatorLicence } from '@youyu/shared/contraception/operator-licences'
import type { Page } from '@youyu/shared/values'
import { day, enter, look, type Signed } from './front-door.ts'

type Clinic = {
  clinician: Signed
  chief: Signed
  /** Licence of whoever operates. */
  operatorId: string
  /** Store of the clinic's outlet. */
  storeId: string
  today: string
}

const told = {
  methodsExplained: ['M00', 'M10', 'M20', 'M30', 'M31', 'M42', 'M50', 'M60', 'M70'],
  ...{ effectivenessExplained: true, sideEffectsExplained: true, followUpExplained: true },
  stiProtection: true,
}
const choosing = (chosenMethod: string, intention = 'AFTER_2Y') => ({
  ...told,
  ...{ intention, decision: 'ACCEPT', chosenMethod, freeOfPressure: true, consentForm: 'SIGNATURE' },
})
const consent = { kind: 'PROCEDURE', evidence: 'SIGNED' }
const checklist = ['CHOICE_FREE', 'CONVENIENCE_REMOVAL']

/** What happened to one client, visit after visit. */
type Story = (clinic: Clinic, clientId: string, before: number) => Promise<unknown>

const visit = ({ clinician, today }: Clinic, clientId: string, before: number, parts: object) =>
  enter<RecordedEncounter>(clinician, '/api/v1/encounters', {
    ...{ clientId, occurredOn: day(today, before), ...parts },
  })

const inserted = (clinic: Clinic, clientId: string, before: number) =>
  visit(clinic, clientId, before, {
    ...{ checklist, consent, choice: choosing('M30') },
    screen: {
      answers: [],
      circumstances: { cavityDepthMillimetres: 72, mensesEndedOn: day(clinic.today, before + 4) },
    },
    procedure: {
      ...{ do: 'PERFORM', type: 'P01', operatorId: clinic.operatorId, method: 'M30', deviceType: 'TCU380A' },
      ...{ iudTiming: '01', cavityDepthMillimetres: 72, bloodLossMillilitres: 5 },
    },
  })

/** The first follow-up whose time has come. */
async function firstTask({ clinician, today }: Clinic, clientId: string): Promise<FollowUpTask | undefined> {
  const { items } = await look<Page<FollowUpTask>>(
    clinician,
    `/api/v1/follow-up-tasks?clientId=${clientId}&limit=50`,
  )
  return items.find(({ dueFrom, status }) => status === 'PLANNED' && dueFrom <= today)
}

async function followedUp(clinic: Clinic, clientId: string, result: object, before = 1): Promise<void> {
  const task = await firstTask(clinic, clientId)
  if (!task) return
  await visit(clinic, clientId, before, { followUp: { taskId: task.id, mode: 'CLINIC', result } })
}

const device: Story = async (clinic, clientId, before) => {
  await inserted(clinic, clientId, before)
  await followedUp(clinic, clientId, {
    inSitu: 'YES',
    string: 'SEEN',
    bleeding: 'USUAL',
    satisfaction: 5,
    continues: true,
  })
}

/** Bleeds after the insertion, and comes for it. */
const complicated: Story = async (clinic, clientId, before) => {
  const { parts } = await inserted(clinic, clientId, before)
  await visit(clinic, clientId, before - 9, {
    complication: {
      ...{ procedureId: parts.procedureId, type: 'BLEEDING', severity: 'MILD' },
      description: '放置后经量增多，对症处理，一周后复查',
    },
    nextContact: { on: day(clinic.today, -2), mode: 'PHONE' },
  })
}

/** A removal asked for is given within days, whatever anybody thinks of it. */
const removed: Story = async (clinic, clientId, before) => {
  await inserted(clinic, clientId, before + 240)
  const asked = await visit(clinic, clientId, before, {
    procedure: { do: 'REQUEST', type: 'P02', indication: 'PREGNANCY_DESIRED' },
    choice: { ...told, intention: 'WITHIN_1Y', decision: 'DECLINE', chosenMethod: 'M00' },
  })
  await visit(clinic, clientId, before - 2, {
    consent,
    procedure: {
      ...{ do: 'PERFORM', id: asked.parts.procedureId, operatorId: clinic.operatorId },
      removalResult: 'WHOLE',
    },
  })
}

/** Asked for and not yet given: stands on the list of the day agreed. */
const removalToCome: Story = async (clinic, clientId, before) => {
  await inserted(clinic, clientId, before + 700)
  await visit(clinic, clientId, 1, {
    procedure: { do: 'REQUEST', type: 'P02', indication: 'SIDE_EFFECT', scheduledOn: clinic.today },
  })
}

const implanted: Story = (clinic, clientId, before) =>
  visit(clinic, clientId, before, {
    ...{ consent, choice: choosing('M42'), screen: { answers: [] } },
    procedure: {
      do: 'PERFORM',
      type: 'P04',
      operatorId: clinic.operatorId,
      method: 'M42',
      deviceType: 'IMPLANT_ETG_1',
    },
  })

const pills: Story = async (clinic, clientId, before) => {
  const supplied = { storeId: clinic.storeId, itemCode: 'YJ601', quantity: 3 }
  await visit(clinic, clientId, before, {
    ...{ choice: choosing('M60', 'IN_1_2Y'), screen: { answers: [] } },
    ...{ episode: { do: 'START', method: 'M60' }, dispense: [supplied] },
    nextContact: { on: day(clinic.today, -5), mode: 'PHONE' },
  })
  await followedUp(clinic, clientId, { bloodPressure: '118/76', satisfaction: 4, continues: true })
}

const condoms: Story = (clinic, clientId, before) =>
  visit(clinic, clientId, before, {
    ...{ choice: choosing('M70', 'UNSURE'), episode: { do: 'START', method: 'M70' } },
    dispense: [{ storeId: clinic.storeId, itemCode: 'YJ701', quantity: 20 }],
  })

/** Condoms beside the device, against infections. */
const dual: Story = async (clinic, clientId, before) => {
  await inserted(clinic, clientId, before)
  await visit(clinic, clientId, before - 1, {
    episode: { do: 'START', method: 'M70', isDual: true },
    dispense: [{ storeId: clinic.storeId, itemCode: 'YJ701', quantity: 30 }],
  })
}

/** An infection first: the insertion waits for a medical reason. */
const deferred: Story = async (clinic, clientId, before) => {
  const asked = await visit(clinic, clientId, before, {
    ...{ choice: choosing('M30'), procedure: { do: 'REQUEST', type: 'P01' } },
  })
  await visit(clinic, clientId, before - 1, {
    procedure: { do: 'DEFER', id: asked.parts.procedureId, reason: '急性阴道炎，先治疗，痊愈后再约' },
  })
}

/** The category stops the pill; the senior clinician takes it upon herself. */
const overridden: Story = async ({ chief, ...clinic }, clientId, before) =>
  visit({ ...clinic, chief, clinician: chief }, clientId, before, {
    choice: choosing('M60'),
    screen: { answers: [{ finding: 'SMOKING_LIGHT', isPresent: true }] },
    override: { method: 'COC', reason: '已告知风险，正在戒烟，本人坚持；一个月后复查血压' },
    episode: { do: 'START', method: 'M60' },
  })

const undecided: Story = (clinic, clientId, before) =>
  visit(clinic, clientId, before, {
    place: 'PHONE',
    choice: { ...told, intention: 'UNSURE', decision: 'DEFER', channel: 'PHONE' },
    nextContact: { on: day(clinic.today, 0), mode: 'PHONE' },
  })

const stories: readonly Story[] = [
  ...[device, pills, condoms, removed, implanted, dual, device, undecided],
  ...[complicated, condoms, removalToCome, pills, device, deferred, overridden, implanted],
]

/** Whoever operates here, and an expert who comes from the hospital. */
export async function licenseOperators(
  county: Signed,
  clinician: Signed,
  organisations: ReadonlyMap<string, string>,
  today: string,
): Promise<string> {
  const { id: userId } = await look<{ id: string }>(clinician, '/api/v1/me')
  const license = (organisation: string, certificateNumber: string, given: object) =>
    enter<OperatorLicence>(county, '/api/v1/operator-licences', {
      ...{ organisationId: organisations.get(organisation), certificateNumber, validFrom: '2019-01-01' },
      ...{ procedures: ['P01', 'P02', 'P03', 'P04', 'P05'], ...given },
    })
  const { id } = await license('DEMO-S', 'JS-DEMO-001', { name: '李医生（演示）', userId })
  await license('DEMO-S', 'JS-DEMO-002', {
    ...{ name: '周医生（演示）', procedures: ['P01', 'P02', 'P06', 'P07', 'P10', 'P12'] },
    validUntil: day(today, -200),
  })
  await license('DEMO-H', 'JS-DEMO-003', { name: '赵教授（演示）', isExpert: true })
  return id
}

/** Some dozens of clients of the county's station, through its front door. */
export async function careFor(clinic: Clinic, women: readonly string[]): Promise<void> {
  for (const [place, clientId] of women.entries()) {
    const story = stories[place % stories.length] as Story
    await story(clinic, clientId, 42 + ((place * 23) % 290))
    if (place % 4 === 0)
      await enter(clinic.clinician, '/api/v1/care-consents', {
        ...{ clientId, kind: 'FOLLOW_UP', givenOn: clinic.today, evidence: 'SIGNED' },
      })
  }
}

import type { Place } from './county.ts'
import { standAtNotice } from './notices.ts'
import type { Officer, TestOffice } from './office.ts'
import { plainPng } from './pictures.ts'
import { bodyOf } from './register.ts'

export type NoticeRecords = {
  notice: string
  objection: string
  attachment: string
  claimMatch: string
  verification: string
}

export const noticeNouns = {
  'public-notices': 'notice',
  objections: 'objection',
  attachments: 'attachment',
  'claim-matches': 'claimMatch',
  verifications: 'verification',
} as const

/** A list on display, an objection to it with a file, a match in another county, a verification that is due. */
export async function noticesOf(
  office: TestOffice,
  { village, county }: Place,
  person: string,
): Promise<NoticeRecords> {
  const subsidy: Officer = await office.officer('county_subsidy', county)
  await standAtNotice(office, { person, village, programme: 'P01', step: 'VILLAGE_NOTICE', level: '' })
  bodyOf(await subsidy.post('/api/v1/public-notices', { programme: 'P01', step: 'VILLAGE_NOTICE' }), 201)
  const { items } = bodyOf<{ items: { id: string; postedOn: string }[] }>(
    await subsidy.get('/api/v1/public-notices?state=POSTED'),
    200,
  )
  const { id: notice, postedOn: receivedOn } = items[0]!
  const objection = bodyOf<{ id: string }>(
    await subsidy.post('/api/v1/objections', {
      noticeId: notice,
      channel: 'WINDOW',
      receivedOn,
      text: '不实',
    }),
    201,
  )
  const of = { subjectType: 'OBJECTION', subjectId: objection.id, kind: 'OTHER' }
  const file = bodyOf<{ id: string }>(
    await subsidy.upload('/api/v1/attachments', of, { name: 'a.png', content: plainPng }),
    201,
  )
  const [match] = await office.sql<{ id: string }>(
    `insert into claim_matches (county_code, id, programme, person_id, division_code, source, key_kind, answer, other_county, state, found_on)
     values (left($1, 6)::int, gen_random_uuid(), 'P01', $2, $1, 'EXCHANGE', 'NUMBER', 'SAME_PROGRAMME', 130424, 'SUSPECTED', '2026-06-01') returning id`,
    [village, person],
  )
  const [verification] = await office.sql<{ id: string }>(
    `insert into annual_verifications (county_code, id, year, beneficiary_id, programme, person_id, division_code, opened_on, due_on, state, checks, recorded_at)
     values (left($1, 6)::int, gen_random_uuid(), 2026, gen_random_uuid(), 'P01', $2, $1, '2026-01-01', '2099-05-31', 'DUE',
       '{"alive":"YES","hukou":"YES","children":"YES","disability":"YES","account":"UNKNOWN"}', now()) returning id`,
    [village, person],
  )
  return {
    notice,
    objection: objection.id,
    attachment: file.id,
    claimMatch: match!.id,
    verification: verification!.id,
  }
}

const reason = '核对后办理'
const checks = { alive: 'YES', hukou: 'YES', children: 'YES', disability: 'YES', account: 'YES' }

export const noticeBodies: Record<string, (records: Pick<NoticeRecords, 'notice'>) => unknown> = {
  drawNotices: () => ({ programme: 'P02', step: 'VILLAGE_NOTICE' }),
  voidNotice: () => ({ reason }),
  closeNotices: () => ({}),
  recordObjection: ({ notice }) => ({
    noticeId: notice,
    channel: 'PHONE',
    receivedOn: '2026-06-08',
    text: reason,
  }),
  investigateObjection: () => ({ finding: reason }),
  decideObjection: () => ({ isUpheld: false, reply: reason }),
  lodgeObjection: () => ({ text: reason }),
  readObjectionReply: () => ({ number: 'YY20260608-AAAAAA', code: 'AAAAAAAAAAAA' }),
  voidAttachment: () => ({ reason }),
  judgeClaimMatch: () => ({ isSame: true, reason }),
  notifyCounties: () => ({ letterNumber: '〔2026〕1' }),
  resolveClaimMatch: () => ({ ownerCounty: 371121, reason }),
  searchClaims: () => ({ programme: 'P01' }),
  checkClaims: () => ({ programme: 'P01', claims: [{ number: null, name: null, kin: null }] }),
  openVerifications: () => ({ programme: 'P01', year: 2026 }),
  recordVerification: () => ({ method: 'HOME_VISIT', checks, result: 'CONTINUE', doneOn: '2026-06-08' }),
  suspendOverdue: () => ({}),
}

/** What everybody may ask without a session. */
export const boardOperations = [
  'listBoardCounties',
  'listBoardPlaces',
  'listBoardNotices',
  'getBoardNotice',
  'lodgeObjection',
  'readObjectionReply',
]

import type { z } from 'zod'
import type { ChildSurvey, listChildSurveys, NewChildSurvey } from '@youyu/shared/birth-defects/family-files'
import type { Id, Page } from '@youyu/shared/values'
import type { Access } from '../../../../access/access.ts'
import { record } from '../../../../audit/index.ts'
import { newId } from '../../../../crypto/ids.ts'
import { reading } from '../../../../database/transaction.ts'
import { keyIn, pageOf } from '../../../../http/paging.ts'
import { todayOf, type Office } from '../../../../office.ts'
import { Refused } from '../../../../refused.ts'
import { ageOn, careDeed, careTransaction, clientOf, keepClient } from '../../../contraception/index.ts'
import { shownSurvey, type SurveyWords } from '../file-row.ts'
import { knowFamily } from '../knowing.ts'
import { insertSurvey, selectSurveys, voidSurvey as markVoid } from '../queries.ts'

type Asked = z.output<(typeof listChildSurveys)['schema']['querystring']>
const OLDEST = 7

export async function listSurveys(
  office: Office,
  access: Access,
  { limit, cursor, ...filter }: Asked,
): Promise<Page<ChildSurvey>> {
  const after = keyIn(cursor, ['string', 'string'])
  const rows = await reading(office.db, access, (tx) => selectSurveys(tx, access, filter, after, limit + 1))
  const page = pageOf(
    rows,
    limit,
    (row) => shownSurvey(office, access, row),
    (row) => [row.surveyedOn, row.id],
  )
  for (const { child } of page.items)
    office.views.note(access, careDeed(office, child.id, 'view', 'child-survey'))
  return page
}

/** One child asked about; a condition makes its family known. */
export async function recordSurvey(
  office: Office,
  access: Access,
  { childId, surveyedOn, icd10, condition, familyHistory, relatives }: NewChildSurvey,
): Promise<ChildSurvey> {
  const at = office.now()
  return await careTransaction(office, access, async (tx) => {
    const child = await clientOf(tx, access, childId, '/childId')
    const isOutside = surveyedOn > todayOf(at) || surveyedOn < child.birthDate
    if (isOutside || ageOn(surveyedOn, child.birthDate) > OLDEST)
      throw Refused.field('/surveyedOn', 'invalid-date')
    const id = newId(at.getTime())
    const fileId = icd10
      ? await knowFamily(tx, access, { childId, knownBy: 'SURVEY', on: surveyedOn }, at)
      : null
    const words: SurveyWords = { condition, relatives }
    const sealed = office.ciphers.clinical.encipher(JSON.stringify(words), { county: access.county, id })
    const divisionCode = child.residenceDivision
    await insertSurvey(
      tx,
      access,
      {
        ...{ id, childId, surveyedOn, familyHistory, fileId, divisionCode, icd10: icd10 ?? null },
        noteCipher: condition || relatives ? sealed : null,
      },
      at,
    )
    await keepClient(tx, access, { clientId: childId, on: surveyedOn, encounters: 0 })
    await record(tx, access, careDeed(office, childId, 'create', 'child-survey'), at)
    const [kept] = await selectSurveys(tx, access, { id }, null, 1)
    return shownSurvey(office, access, kept!)
  })
}

export async function voidSurvey(
  office: Office,
  access: Access,
  id: Id,
  reason: string,
): Promise<ChildSurvey> {
  const at = office.now()
  return await careTransaction(office, access, async (tx) => {
    if (!(await markVoid(tx, access, id, reason, at))) throw new Refused('not-found')
    const [kept] = await selectSurveys(tx, access, { id }, null, 1)
    if (!kept) throw new Refused('not-found')
    await record(tx, access, careDeed(office, kept.childId, 'change', 'child-survey'), at)
    return shownSurvey(office, access, kept)
  })
}

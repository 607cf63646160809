import { applicationChannels, type ApplicationRow } from '@youyu/shared/subsidies/application-case'
import { codeName, inLanguage, type useTexts } from '../../texts/texts.ts'
import type { Column } from '../../ui/table.ts'

type Texts = ReturnType<typeof useTexts<'applications'>>

/** The columns of lists of applications. */
export const columnsOf = (t: Texts): Column<ApplicationRow>[] => [
  {
    key: 'subject',
    label: t('field.subject'),
    primary: true,
    text: (row) => row.subject?.name ?? t('notVisible'),
  },
  {
    key: 'programme',
    label: t('field.programme'),
    text: (row) =>
      `${inLanguage([row.programme.zh, row.programme.en])}${row.claimYear ? ` ${row.claimYear}` : ''}`,
  },
  { key: 'state', label: t('field.state') },
  { key: 'dueOn', label: t('field.dueOn'), numeric: true },
  { key: 'division', label: t('field.division'), text: (row) => row.division.name },
  { key: 'number', label: t('field.number'), numeric: true },
  { key: 'filedOn', label: t('field.filedOn'), numeric: true },
  {
    ...{ key: 'channel', label: t('field.channel'), optional: true },
    text: (row) => codeName(applicationChannels, row.channel),
  },
]

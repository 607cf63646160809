import type { MatchKind, PersonRow } from '@youyu/shared/population/persons'
import { personStatuses, relations, residenceStatuses, sexes } from '@youyu/shared/population/value-sets'
import { codeName, text } from '../../texts/texts.ts'
import type { Column } from '../../ui/table.ts'
import { fieldName, placeText } from '../population/index.ts'

export type ListedPerson = PersonRow & { match?: MatchKind }

export function personColumns(isSearch: boolean): Column<ListedPerson>[] {
  return [
    { key: 'name', label: fieldName('name'), primary: true, width: '9rem' },
    ...(isSearch ? [{ key: 'match', label: text('persons.match.label') }] : []),
    { key: 'sex', label: fieldName('sex'), text: (row) => codeName(sexes, row.sex), width: '4.5rem' },
    { key: 'birthDate', label: fieldName('birthDate'), numeric: true, width: '7.5rem' },
    { key: 'idNumber', label: fieldName('idNumber'), numeric: true },
    { key: 'residence', label: fieldName('residence'), text: (row) => placeText(row.residence) },
    { key: 'hukou', label: fieldName('hukou'), text: (row) => placeText(row.hukou), optional: true },
    {
      key: 'residenceStatus',
      label: fieldName('residenceStatus'),
      text: (row) => codeName(residenceStatuses, row.residenceStatus),
    },
    { key: 'householdNumber', label: fieldName('householdNumber'), numeric: true },
    {
      key: 'relationToHead',
      label: fieldName('relationToHead'),
      text: (row) => codeName(relations, row.relationToHead),
      optional: true,
    },
    { key: 'phone', label: fieldName('phone'), numeric: true, optional: true },
    {
      key: 'status',
      label: fieldName('status'),
      text: (row) => codeName(personStatuses, row.status),
      optional: true,
    },
  ]
}

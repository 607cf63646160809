import {
  complicationTypes,
  consentKinds,
  endReasons,
  procedureStatuses,
  procedureTypes,
  startContexts,
} from '@youyu/shared/contraception/care-value-sets'
import { choiceDecisions } from '@youyu/shared/contraception/choices'
import { taskStatusNames } from '@youyu/shared/contraception/follow-up'
import { methodNames } from '@youyu/shared/contraception/methods'
import { codeName, i18n } from '../../texts/texts.ts'

type CodeTable = Record<string, readonly [string, string]>
const tables: Record<string, CodeTable> = {
  method: methodNames,
  chosenMethod: methodNames,
  type: procedureTypes,
  status: { ...procedureStatuses, ...taskStatusNames },
  endReason: endReasons,
  startContext: startContexts,
  decision: choiceDecisions,
  recorded: { ...choiceDecisions, ...consentKinds, ...complicationTypes, ...methodNames },
}

function textOr(key: string, otherwise: string): string {
  return i18n.global.te(key) ? i18n.global.t(key) : otherwise
}

export function changeField(field: string): string {
  return textOr(`care.change.field.${field}`, textOr(`care.field.${field}`, field))
}

export function changeValue(field: string, value: string): string {
  const own = tables[field]
  if (own && value in own) return codeName(own, value)
  return value
    .split(' ')
    .map((word) =>
      /^M\d\d$/.test(word)
        ? codeName(methodNames, word)
        : /^P\d\d$/.test(word)
          ? codeName(procedureTypes, word)
          : word,
    )
    .join(' ')
}
